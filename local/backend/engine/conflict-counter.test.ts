import { describe, expect, it } from "vitest";
import type { KeyRange } from "../values/keys";
import { ConflictCounter } from "./conflict-counter";

const A: KeyRange[] = [["a", "b"]];
const call = (path: string, arrivedAt: number, touched: string[] = ["a"]) => ({ path, arrivedAt, reads: A, touched });

describe("would-be conflicts", () => {
  it("are none between mutations that come one after the other, or that touch other things", () => {
    const counter = new ConflictCounter();
    counter.noteMutation(call("m:f", 0));
    counter.noteMutation(call("m:f", 20));
    counter.noteMutation({ ...call("m:other", 21), reads: [["z", "zz"]] });
    expect(counter.report()).toEqual({ "m:f": { calls: 2, conflicts: 0, maxRetries: 0 }, "m:other": { calls: 1, conflicts: 0, maxRetries: 0 } });
  });

  it("are counted where one began before another committed what it read, however long it waited here", () => {
    const counter = new ConflictCounter();
    counter.noteMutation(call("m:f", 0));
    counter.noteMutation(call("m:f", 19));
    counter.noteMutation(call("m:g", 1_000));
    expect(counter.report()).toEqual({ "m:f": { calls: 2, conflicts: 1, maxRetries: 1 }, "m:g": { calls: 1, conflicts: 0, maxRetries: 0 } });
  });

  it("are more for the last of many that want the same at once", () => {
    const counter = new ConflictCounter();
    for (let index = 0; index < 6; index++) counter.noteMutation(call("m:hot", 0));
    expect(counter.report()["m:hot"]).toEqual({ calls: 6, conflicts: 15, maxRetries: 5 });
  });

  it("end with the fifth of one call, which then writes nothing that others could meet", () => {
    const counter = new ConflictCounter();
    for (let index = 0; index < 8; index++) counter.noteMutation(call("m:hot", 0));
    expect(counter.report()["m:hot"]).toEqual({ calls: 8, conflicts: 0 + 1 + 2 + 3 + 4 + 3 * 5, maxRetries: 5 });
  });

  it("are not for one that writes nothing", () => {
    const counter = new ConflictCounter();
    counter.noteMutation(call("m:write", 0));
    counter.noteMutation(call("m:look", 10, []));
    expect(counter.report()["m:look"]).toEqual({ calls: 1, conflicts: 0, maxRetries: 0 });
  });

  it("are none with what it was scheduled by, nor with the one before of the same caller", () => {
    const counter = new ConflictCounter();
    const [action, other] = [{}, {}];
    counter.noteMutation({ ...call("m:first", 0), schedules: ["a job"], chain: action });
    counter.noteMutation({ ...call("m:scheduled", 1, ["z"]), scheduledAs: "a job" });
    counter.noteMutation({ ...call("m:second", 2, ["z"]), chain: action });
    counter.noteMutation({ ...call("m:third", 3, ["z"]), chain: action });
    counter.noteMutation({ ...call("m:stranger", 4, ["z"]), chain: other });
    const retries = Object.entries(counter.report()).map(([path, { maxRetries }]) => [path, maxRetries]);
    expect(retries).toEqual([["m:first", 0], ["m:scheduled", 0], ["m:second", 0], ["m:third", 0], ["m:stranger", 1]]);
  });

  it("are counted between several that follow the same one", () => {
    const counter = new ConflictCounter();
    counter.noteMutation({ ...call("m:first", 0), schedules: ["a job", "b job"] });
    counter.noteMutation({ ...call("m:one", 1), scheduledAs: "a job" });
    counter.noteMutation({ ...call("m:two", 2), scheduledAs: "b job" });
    expect(counter.report()["m:two"]?.maxRetries).toBe(1);
  });

  it("are none in a caller's long run of mutations, however far it is ahead of the real backend", () => {
    const counter = new ConflictCounter();
    const calls = 50_000;
    for (let at = 0; at < calls; at++) counter.noteMutation({ ...call("m:f", at), chain: "a session" });
    expect(counter.report()).toEqual({ "m:f": { calls, conflicts: 0, maxRetries: 0 } });
  });

  it("are forgotten when they are set back", () => {
    const counter = new ConflictCounter();
    counter.noteMutation(call("m:f", 0));
    counter.reset();
    counter.noteMutation(call("m:f", 1));
    expect(counter.report()).toEqual({ "m:f": { calls: 1, conflicts: 0, maxRetries: 0 } });
  });
});
