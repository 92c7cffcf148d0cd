import { describe, expect, it } from "vitest";
import { readAhead } from "./read-ahead";

/** Gives numbers as they are asked for, and notes what happens. */
function numbers(count: number, { failsAt = -1 }: { failsAt?: number } = {}) {
  const log: string[] = [];
  async function* source(): AsyncGenerator<number, void, void> {
    try {
      for (let number = 1; number <= count; number += 1) {
        log.push(`read ${number}`);
        await Promise.resolve();
        if (number === failsAt) throw new Error(`no ${number}`);
        yield number;
      }
    } finally {
      log.push("ended");
    }
  }
  return { log, source: source() };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("reading ahead", () => {
  it("gives everything in order, and reads the next one while the last is worked on", async () => {
    const { log, source } = numbers(3);
    for await (const number of readAhead(source)) {
      await settled();
      log.push(`worked on ${number}`);
    }
    expect(log).toEqual(["read 1", "read 2", "worked on 1", "read 3", "worked on 2", "ended", "worked on 3"]);
  });

  it("is never more than one ahead", async () => {
    const { log, source } = numbers(10);
    const reader = readAhead(source);
    await reader.next();
    await settled();
    expect(log).toEqual(["read 1", "read 2"]);
    await reader.return();
  });

  it("fails where the source does, after all that came before", async () => {
    const { source } = numbers(3, { failsAt: 2 });
    const got: number[] = [];
    const all = async () => {
      for await (const number of readAhead(source)) {
        await settled();
        got.push(number);
      }
    };
    await expect(all()).rejects.toThrow("no 2");
    expect(got).toEqual([1]);
  });

  it("ends the source when it is left, and says nothing of what failed meanwhile", async () => {
    const { log, source } = numbers(3, { failsAt: 2 });
    const unheard: unknown[] = [];
    const hear = (reason: unknown) => void unheard.push(reason);
    process.on("unhandledRejection", hear);
    for await (const number of readAhead(source)) if (number === 1) break;
    await settled();
    process.off("unhandledRejection", hear);
    expect(log).toEqual(["read 1", "read 2", "ended"]);
    expect(unheard).toEqual([]);
  });
});
