import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Id } from "../_generated/dataModel";
import type { ActionCtx } from "../_generated/server";
import { callBudget } from "./callBudget";

const NOW = Date.UTC(2026, 10, 21, 12);

/** A context whose only mutation is the reservation. */
function reserving(answer: { waitMs: number; windowEndsAt: number }) {
  const runMutation = vi.fn(async () => await Promise.resolve(answer));
  return { runMutation, ctx: { runMutation } as unknown as Pick<ActionCtx, "runMutation"> };
}
const account = (id: string) => ({ provider: "google", providerConfigId: id as Id<"providerConfigs"> });

describe("callBudget", () => {
  beforeEach(() => vi.useFakeTimers({ now: NOW }));
  afterEach(() => vi.useRealTimers());

  it("reserves more at once the more calls there are, over all runs of an account", async () => {
    const { ctx, runMutation } = reserving({ waitMs: 0, windowEndsAt: NOW + 60_000 });
    for (let run = 0; run < 21; run += 1) expect(await callBudget(ctx, account("a"))()).toBeNull();
    expect(runMutation.mock.calls.map((call) => (call as unknown[])[1])).toMatchObject([{ count: 4 }, { count: 16 }, { count: 16 }]);
    await callBudget(ctx, account("b"))();
    expect(runMutation).toHaveBeenCalledTimes(4);
  });

  it("does not take what was reserved for a minute into the next one", async () => {
    const { ctx, runMutation } = reserving({ waitMs: 0, windowEndsAt: NOW + 60_000 });
    for (let run = 0; run < 5; run += 1) await callBudget(ctx, account("c"))();
    vi.setSystemTime(NOW + 60_000);
    await callBudget(ctx, account("c"))();
    expect(runMutation).toHaveBeenCalledTimes(3);
  });

  it("reserves once at a time for an account, however many of its runs need a call at once", async () => {
    const { ctx, runMutation } = reserving({ waitMs: 0, windowEndsAt: NOW + 60_000 });
    let atOnce = 0;
    let most = 0;
    runMutation.mockImplementation(async () => {
      most = Math.max(most, (atOnce += 1));
      await Promise.resolve();
      atOnce -= 1;
      return { waitMs: 0, windowEndsAt: NOW + 60_000 };
    });
    expect(await Promise.all(Array.from({ length: 10 }, () => callBudget(ctx, account("e"))()))).toEqual(Array(10).fill(null));
    expect(most).toBe(1);
    expect(runMutation).toHaveBeenCalledTimes(2);
  });

  it("lets another run try where a reservation failed", async () => {
    const { ctx, runMutation } = reserving({ waitMs: 0, windowEndsAt: NOW + 60_000 });
    runMutation.mockRejectedValueOnce(new Error("The connection was lost."));
    const [first, second] = await Promise.allSettled([callBudget(ctx, account("f"))(), callBudget(ctx, account("f"))()]);
    expect(first).toMatchObject({ status: "rejected" });
    expect(second).toEqual({ status: "fulfilled", value: null });
  });

  it("says how long to wait where the budget is spent", async () => {
    const { ctx } = reserving({ waitMs: 7_000, windowEndsAt: NOW + 7_000 });
    expect(await callBudget(ctx, account("d"))()).toMatchObject({ kind: "rateLimited", code: "budget_spent", retryAfterMs: 7_000 });
  });
});
