/** Takes things one by one and hands them over together. */
export interface Batcher<Item, Outcome> {
  /** Resolves when this very item has been handed over. Rejects when it could not be, whatever became of the others. */
  add(item: Item): Promise<Outcome>;
}

export interface BatcherPlan<Item, Outcome> {
  /** Resolves to one outcome per item, in their order. */
  handOver(items: Item[]): Promise<Outcome[]>;
  /** Items that are handed over together, at most. */
  most: number;
  /** A hand-over that takes longer has failed, and delays nobody any more. */
  timeoutMs: number;
}

interface Waiting<Item, Outcome> {
  item: Item;
  resolve(outcome: Outcome): void;
  reject(reason: unknown): void;
}

/**
 * The first item goes at once and alone. What arrives while a hand-over is under way goes with the next one: a quiet time costs
 * nobody a delay, and the busier it is, the less each costs. Where several failed together, each is tried once more by itself.
 */
export function createBatcher<Item, Outcome>({ handOver, most, timeoutMs }: BatcherPlan<Item, Outcome>): Batcher<Item, Outcome> {
  const waiting: Waiting<Item, Outcome>[] = [];
  let underWay = false;

  async function drain(): Promise<void> {
    if (underWay) return;
    underWay = true;
    try {
      while (waiting.length > 0) await settle(waiting.splice(0, most));
    } finally {
      underWay = false;
    }
  }

  async function settle(batch: Waiting<Item, Outcome>[]): Promise<void> {
    try {
      const outcomes = await withinTime(handOver(batch.map(({ item }) => item)));
      if (outcomes.length !== batch.length) throw new Error(`${outcomes.length} outcomes came back for ${batch.length}.`);
      outcomes.forEach((outcome, index) => batch[index]?.resolve(outcome));
    } catch (reason) {
      if (batch.length > 1) await Promise.all(batch.map((one) => settle([one])));
      else for (const { reject } of batch) reject(reason);
    }
  }

  function withinTime(outcomes: Promise<Outcome[]>): Promise<Outcome[]> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`No answer within ${timeoutMs} ms`)), timeoutMs);
      void outcomes.then(resolve, reject).finally(() => clearTimeout(timer));
    });
  }

  return {
    add: (item) =>
      new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        void drain();
      }),
  };
}
