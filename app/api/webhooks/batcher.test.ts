import { afterEach, describe, expect, it, vi } from "vitest";
import { createBatcher } from "./batcher";

/** Hand-overs that end when the test says so. */
function held() {
  const batches: { items: string[]; end(outcomes?: string[]): void; fail(): void }[] = [];
  const handOver = (items: string[]) =>
    new Promise<string[]>((resolve, reject) => {
      batches.push({ items, end: (outcomes = items.map((item) => `${item}!`)) => resolve(outcomes), fail: () => reject(new Error("out of order")) });
    });
  return { batches, handOver, seen: () => batches.map(({ items }) => items.join("")) };
}
const outcomeOf = async (added: Promise<string>) => await added.catch((error: unknown) => (error instanceof Error ? error.message : "?"));
/** Until so many have been begun. */
const begun = (batches: readonly object[], count: number) => vi.waitFor(() => expect(batches).toHaveLength(count));

afterEach(() => void vi.useRealTimers());

describe("what is handed over", () => {
  it("goes at once where nothing is under way, and otherwise together, at most so many", async () => {
    const { batches, handOver, seen } = held();
    const batcher = createBatcher({ handOver, most: 3, timeoutMs: 1_000 });
    const added = ["a", "b", "c", "d", "e"].map((item) => batcher.add(item));
    expect(seen()).toEqual(["a"]);
    batches[0]?.end();
    expect(await added[0]).toBe("a!");
    await begun(batches, 2);
    expect(seen()).toEqual(["a", "bcd"]);
    batches[1]?.end();
    expect(await Promise.all(added.slice(1, 4))).toEqual(["b!", "c!", "d!"]);
    await begun(batches, 3);
    batches[2]?.end();
    expect(await added[4]).toBe("e!");
    const late = batcher.add("f");
    await begun(batches, 4);
    batches[3]?.end();
    expect(await late).toBe("f!");
  });

  it("is answered only after it has been stored itself", async () => {
    const { batches, handOver } = held();
    const batcher = createBatcher({ handOver, most: 10, timeoutMs: 1_000 });
    let answered = false;
    void batcher.add("a");
    void batcher.add("b").then(() => (answered = true));
    batches[0]?.end();
    await begun(batches, 2);
    expect(answered).toBe(false);
    batches[1]?.end();
    await vi.waitFor(() => expect(answered).toBe(true));
  });

  it.each([["fails", (batch: { fail(): void }) => batch.fail()], ["is answered for too few", (batch: { end(outcomes?: string[]): void }) => batch.end(["b!"])]] as const)(
    "with others, one of which %s, is tried by itself",
    async (_, goWrong) => {
      const { batches, handOver, seen } = held();
      const batcher = createBatcher({ handOver, most: 10, timeoutMs: 1_000 });
      const added = ["a", "b", "c"].map((item) => outcomeOf(batcher.add(item)));
      batches[0]?.end();
      await begun(batches, 2);
      if (batches[1] !== undefined) goWrong(batches[1]);
      await vi.waitFor(() => expect(seen()).toEqual(["a", "bc", "b", "c"]));
      batches[2]?.fail();
      batches[3]?.end();
      expect(await Promise.all(added)).toEqual(["a!", "out of order", "c!"]);
    },
  );

  it("does not wait for ever", async () => {
    vi.useFakeTimers();
    const { batches, handOver } = held();
    const batcher = createBatcher({ handOver, most: 10, timeoutMs: 1_000 });
    const stuck = outcomeOf(batcher.add("a"));
    const next = batcher.add("b");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await stuck).toBe("No answer within 1000 ms");
    await begun(batches, 2);
    batches[1]?.end();
    expect(await next).toBe("b!");
  });
});
