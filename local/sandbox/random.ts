import { createHash } from "node:crypto";

/** Numbers that look random and are the same for the same seed. */
export interface SeededRandom {
  /** A number from 0 (included) to 1 (excluded). */
  next(): number;
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number;
  /** True in this share of all cases: 0 is never, 1 is always. */
  chance(share: number): boolean;
}

/** Each number is cut from the hash of the seed and of how many came before it. */
export function seededRandom(seed: string): SeededRandom {
  let drawn = 0;
  const next = (): number => {
    drawn += 1;
    return createHash("sha256").update(`${seed}:${drawn}`).digest().readUInt32BE(0) / 2 ** 32;
  };
  return {
    next,
    between: (least, most) => least + Math.floor(next() * (most - least + 1)),
    chance: (share) => next() < share,
  };
}
