import { beforeEach, describe, expect, it } from "vitest";
import type { QueryThread } from "../workers/query-threads";
import type { Call, QueryOutcome } from "./call";
import { CommitLog } from "./commit-log";
import type { Engine } from "./engine";
import type { PendingCommit } from "./pending-commit";
import { LiveQueries, type LiveQuery, type Watcher } from "./live-queries";

const call = (path: string): Call => ({ component: "", path, args: {}, identity: null, publicOnly: true, caller: "Test" });

/** What live queries touch of an engine. Each query reads the key "k"; answers come when the test gives them. */
class FakeEngine {
  ts = 1;
  readonly commits = new CommitLog(1);
  readonly asked: { path: string; pending: PendingCommit | null; answer: (value: string, ts: number) => void }[] = [];
  private free = true;
  readonly deployment = {
    transactions: { query: () => Promise.resolve(this.lend()), idleQuery: () => (this.free ? this.lend() : null) },
  };

  queryOn(thread: { ts: number | null }, { path }: Call, _journal: string | null, _hold: boolean, pending: PendingCommit | null): Promise<QueryOutcome> {
    return new Promise((resolve) => {
      const answer = (value: string, ts: number): void => {
        thread.ts = ts;
        resolve({ ok: true, value, logLines: [], reads: [["k", "l"]], journal: null, ts });
      };
      this.asked.push({ path, pending, answer });
    });
  }

  commit(ts: number, live: LiveQueries): void {
    this.ts = ts;
    this.commits.note(ts, ["k"]);
    live.invalidate(["k"]);
  }

  /** The next question, once it is asked. */
  async question(): Promise<FakeEngine["asked"][number]> {
    for (;;) {
      const next = this.asked.shift();
      if (next !== undefined) return next;
      await Promise.resolve();
    }
  }

  private lend(): QueryThread {
    this.free = false;
    return { ts: null, dead: false, release: () => (this.free = true) } as unknown as QueryThread; // all of it that is touched
  }
}

describe("LiveQueries", () => {
  let engine: FakeEngine;
  let live: LiveQueries;
  let watcher: Watcher & { stirs: number };
  let query: LiveQuery;
  const shown = (): unknown => query.outcome?.ok === true && query.outcome.value;

  beforeEach(async () => {
    engine = new FakeEngine();
    live = new LiveQueries(engine as unknown as Engine, () => null, () => undefined);
    watcher = { client: {}, stirs: 0, stirred: () => void watcher.stirs++ };
    query = live.acquire(call("m:f"), null, watcher);
    const first = live.refresh();
    (await engine.question()).answer("1", 1);
    await first;
  });

  it("runs what a commit will touch while the commit is on its way, and not again", async () => {
    const pending: PendingCommit = { ts: 2, writes: [["k", "2"]], touched: ["k"], failed: false };
    expect(live.anticipate(pending)).toBe(true);
    const refreshed = live.refresh(pending);
    expect(engine.asked).toHaveLength(1);
    engine.commit(2, live);
    const asked = await engine.question();
    expect(asked.pending).toBe(pending);
    expect(live.holdFor(watcher.client)).toBe(false);
    asked.answer("2", 2);
    expect(await refreshed).toBe(2);
    expect([shown(), live.anyStale, live.holdFor(watcher.client)]).toEqual(["2", false, true]);
  });

  it("shows nobody what was run on a commit that failed, though another has its timestamp now", async () => {
    const pending: PendingCommit = { ts: 2, writes: [["k", "never"]], touched: ["k"], failed: false };
    live.anticipate(pending);
    const refreshed = live.refresh(pending);
    pending.failed = true;
    engine.commit(2, live);
    const stirs = watcher.stirs;
    (await engine.question()).answer("never", 2);
    const again = await engine.question();
    expect([again.pending, shown(), watcher.stirs]).toEqual([null, "1", stirs]);
    again.answer("2", 2);
    await refreshed;
    expect(shown()).toBe("2");
  });

  it("waits for a commit that touches nothing it reads, or that what the host says of itself depends on", async () => {
    const pending = (key: string): PendingCommit => ({ ts: 2, writes: [[key, "2"]], touched: [key], failed: false });
    expect(live.anticipate(pending("z"))).toBe(false);
    live.acquire({ ...call("_system/tables"), publicOnly: false }, null, watcher);
    await live.refresh();
    expect(live.anticipate(pending("k"))).toBe(false);
    expect(live.anyStale).toBe(false);
  });

  it("holds for a client whose queries are not run again, while those of others are", () => {
    const other: Watcher = { client: {}, stirred: () => undefined };
    live.acquire(call("m:g"), null, other);
    expect([live.holdFor(watcher.client), live.holdFor(other.client)]).toEqual([true, false]);
  });
});
