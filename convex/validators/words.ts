import { v } from "convex/values";

/** One of several words. */
export function oneOf<Word extends string>(words: readonly Word[]) {
  return v.union(...words.map((word) => v.literal(word)));
}
