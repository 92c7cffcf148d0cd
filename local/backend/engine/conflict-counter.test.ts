import { describe, expect, it } from "vitest";
import { CommitLog } from "./commit-log";
import { ConflictCounter } from "./conflict-counter";

describe("ConflictCounter", () => {
  it("counts a retry for each commit between arrival and run that touched what was read", () => {
    const commits = new CommitLog(0);
    const counter = new ConflictCounter(commits);
    commits.note(1, ["a"]);
    commits.note(2, ["a"]);
    commits.note(3, ["z"]);
    counter.noteMutation("m:f", 1, [["a", "b"]]);
    counter.noteMutation("m:f", 3, [["a", "b"]]);
    expect(counter.report()).toEqual({ "m:f": { calls: 2, conflicts: 1, maxRetries: 1 } });
    counter.reset();
    expect(counter.report()).toEqual({});
  });
});
