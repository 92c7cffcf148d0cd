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

  it("are not for one that writes nothing", () => {
    const counter = new ConflictCounter();
    counter.noteMutation(call("m:write", 0));
    counter.noteMutation(call("m:look", 10, []));
    expect(counter.report()["m:look"]).toEqual({ calls: 1, conflicts: 0, maxRetries: 0 });
  });

  it("are forgotten when they are set back", () => {
    const counter = new ConflictCounter();
    counter.noteMutation(call("m:f", 0));
    counter.reset();
    counter.noteMutation(call("m:f", 1));
    expect(counter.report()).toEqual({ "m:f": { calls: 1, conflicts: 0, maxRetries: 0 } });
  });
});
