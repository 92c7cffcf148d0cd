import { describe, expect, it } from "vitest";
import { hostLimits } from "../limits";
import { CommitLog } from "./commit-log";

describe("CommitLog", () => {
  it("tells which reads a later commit touched", () => {
    const log = new CommitLog(0);
    log.note(1, ["a"]);
    log.note(2, ["b", "m"]);
    expect(log.mayHaveChanged(0, [["a", "b"]])).toBe(true);
    expect(log.mayHaveChanged(1, [["a", "b"]])).toBe(false);
    expect(log.mayHaveChanged(1, [["k", "n"]])).toBe(true);
    expect(log.mayHaveChanged(2, [["a", "z"]])).toBe(false);
  });

  it("takes for changed what was read before all that it remembers", () => {
    const log = new CommitLog(0);
    const enough = 2 * hostLimits.commitWindow + 1;
    for (let ts = 1; ts <= enough; ts++) log.note(ts, ["elsewhere"]);
    expect(log.mayHaveChanged(1, [["a", "b"]])).toBe(true);
    expect(log.mayHaveChanged(enough - 1, [["a", "b"]])).toBe(false);
  });

  it("remembers fewer commits when they are large", () => {
    const log = new CommitLog(0);
    const touched = Array.from({ length: 1000 }, (_, at) => `elsewhere ${at}`);
    const enough = hostLimits.commitWindowKeys / 1000 + 1;
    for (let ts = 1; ts <= enough; ts++) log.note(ts, touched);
    expect(log.mayHaveChanged(1, [["a", "b"]])).toBe(true);
    expect(log.mayHaveChanged(enough - 100, [["a", "b"]])).toBe(false);
  });

  it("knows nothing of what was before it began", () => {
    const log = new CommitLog(10);
    expect(log.mayHaveChanged(9, [["a", "b"]])).toBe(true);
    expect(log.mayHaveChanged(10, [["a", "b"]])).toBe(false);
  });
});
