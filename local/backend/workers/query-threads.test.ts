import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { hostLimits } from "../limits";
import { QueryThreads } from "./query-threads";
import type { TransactionThread } from "./transaction-thread";
import type { TransactionCall } from "./worker-protocol";

const CALL = {} as TransactionCall;

/** A thread that answers at once, and keeps what it was told. */
function fakeThread(): { thread: TransactionThread; told: string[]; die: () => void } {
  const told: string[] = [];
  const state = {
    dead: false,
    atHand: true,
    run: (_call: TransactionCall, hold: boolean) => Promise.resolve({ ts: 7, hold }),
    tell: ({ type }: { type: string }) => void told.push(type),
    close: () => Promise.resolve(void told.push("close")),
  };
  // All of a thread that its users touch.
  return { thread: state as unknown as TransactionThread, told, die: () => (state.dead = true) };
}

describe("QueryThreads", () => {
  let started: ReturnType<typeof fakeThread>[];
  let threads: QueryThreads;
  beforeEach(() => {
    vi.useFakeTimers();
    started = [];
    threads = new QueryThreads(() => {
      const made = fakeThread();
      started.push(made);
      return made.thread;
    });
  });
  afterEach(() => vi.useRealTimers());

  it("gives one thread to one after the other while nobody waits long", async () => {
    const first = await threads.take();
    const second = threads.take();
    first.release();
    (await second).release();
    expect(started).toHaveLength(1);
  });

  it("starts more when a slow query keeps others waiting, and never too many", async () => {
    const taken = Array.from({ length: hostLimits.queryThreads + 1 }, () => threads.take());
    await vi.advanceTimersByTimeAsync(hostLimits.queryWaitMs);
    expect(started).toHaveLength(hostLimits.queryThreads);
    (await taken[0])?.release();
    await expect(taken.at(-1)).resolves.toBeDefined();
    expect(started).toHaveLength(hostLimits.queryThreads);
  });

  it("lets go of what was held, and tells what its queries saw", async () => {
    const thread = await threads.take();
    expect(thread.ts).toBeNull();
    await thread.run(CALL, true);
    expect(thread.ts).toBe(7);
    thread.release();
    expect(started[0]?.told).toEqual(["letGo"]);
  });

  it("lends at once a thread that is free, and starts none for that", async () => {
    expect(threads.takeIdle()).toBeNull();
    (await threads.take()).release();
    const thread = threads.takeIdle();
    expect(thread).not.toBeNull();
    expect(threads.takeIdle()).toBeNull();
    thread?.release();
    expect(started).toHaveLength(1);
  });

  it("does not lend a dead thread again", async () => {
    const thread = await threads.take();
    started[0]?.die();
    const next = threads.take();
    thread.release();
    (await next).release();
    expect(started).toHaveLength(2);
    started[1]?.die();
    await threads.take();
    expect(started).toHaveLength(3);
  });

  it("closes only when all is done, and lends nothing then", async () => {
    const thread = await threads.take();
    let closed = false;
    const closing = threads.close().then(() => (closed = true));
    await expect(threads.take()).rejects.toThrow("shutting down");
    expect(closed).toBe(false);
    thread.release();
    await closing;
    expect(started[0]?.told).toEqual(["close"]);
  });
});
