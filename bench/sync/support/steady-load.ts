import { setTimeout as sleep } from "node:timers/promises";

/** What came of a load. */
export interface LoadOutcome {
  /** Milliseconds from when each request was due to the end of its answer, in no order. */
  tookMs: number[];
  /** How many requests ended how. */
  outcomes: Map<string, number>;
}

/**
 * Makes requests at a steady rate, whether or not the earlier ones were answered: a server that falls behind is not spared. The
 * time of a request that could only be made late begins when it was due.
 */
export async function steadyLoad(perSecond: number, seconds: number, request: (index: number) => Promise<string>): Promise<LoadOutcome> {
  const count = perSecond * seconds;
  const outcome: LoadOutcome = { tookMs: [], outcomes: new Map() };
  const began = performance.now();
  const underWay: Promise<void>[] = [];
  for (let index = 0; index < count; index += 1) {
    const dueAt = began + (index / perSecond) * 1000;
    while (performance.now() < dueAt) await sleep(Math.max(1, dueAt - performance.now()));
    underWay.push(
      request(index)
        .catch((thrown: unknown) => (thrown instanceof Error ? thrown.message : String(thrown)))
        .then((ended) => {
          outcome.tookMs.push(performance.now() - dueAt);
          outcome.outcomes.set(ended, (outcome.outcomes.get(ended) ?? 0) + 1);
        }),
    );
  }
  await Promise.all(underWay);
  return outcome;
}
