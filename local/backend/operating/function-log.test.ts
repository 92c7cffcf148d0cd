import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FunctionLog, type LogEntry, type LoggedCall } from "./function-log";

beforeEach(() => vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => vi.useRealTimers());

const call = (identifier: string, udfType: LoggedCall["udfType"] = "Query"): LoggedCall => ({
  component: "", identifier, udfType, environment: "isolate", caller: "Test", requestId: "id", startedAt: Date.now(),
});
const named = (entries: LogEntry[]): string[] => entries.map(({ identifier }) => identifier);
const newLog = (): FunctionLog => new FunctionLog(() => undefined);

describe("FunctionLog", () => {
  it("loses nothing between one reading and the next, however close they are", async () => {
    const log = newLog();
    let { newCursor } = await log.read(0);
    for (const name of ["a", "b", "c"]) {
      log.completion(call(name, "Mutation"), [], null);
      const read = await log.read(newCursor);
      expect(named(read.entries)).toEqual([name]);
      ({ newCursor } = read);
    }
  });

  it("tells of queries that said nothing, all that come in a moment together", async () => {
    const log = newLog();
    const { newCursor } = await log.read(0);
    const reading = log.read(newCursor);
    const done = vi.fn<() => void>();
    void reading.then(done);
    for (const name of ["a", "b"]) log.completion(call(name), [], null);
    await vi.advanceTimersByTimeAsync(100);
    expect(done).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(200);
    expect(named((await reading).entries)).toEqual(["a", "b"]);
  });

  it("tells at once of what a function said or failed with", async () => {
    const log = newLog();
    const { newCursor } = await log.read(0);
    const reading = log.read(newCursor);
    log.completion(call("a"), ["[LOG] 'said'"], null);
    expect(named((await reading).entries)).toEqual(["a"]);
  });

  it("keeps thousands of entries, but not what would fill the memory", async () => {
    const [many, long] = [newLog(), newLog()];
    for (let i = 0; i < 10_000; i++) many.completion(call(`f${i}`), [], null);
    const kept = named((await many.read(0)).entries);
    expect(kept.at(-1)).toBe("f9999");
    expect(kept.length).toBeGreaterThanOrEqual(2000);
    expect(kept.length).toBeLessThan(5000);
    for (let i = 0; i < 100; i++) long.completion(call("x".repeat(2 ** 20)), ["y".repeat(2 ** 20)], null);
    const { entries } = await long.read(0);
    expect(JSON.stringify(entries).length).toBeLessThan(40 * 2 ** 20);
    expect(entries.length).toBeGreaterThan(10);
  });
});
