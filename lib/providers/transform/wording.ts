/** A provider's word for each of ours, and back: the first of two words for the same is the one that is written. */
export interface Wording<T extends string> {
  ours(theirs: string | undefined): T | undefined;
  theirs(ours: T): string;
}

export function wording<T extends string>(pairs: readonly (readonly [ours: T, theirs: string])[], otherwise: string): Wording<T> {
  return {
    ours: (theirs) => pairs.find((pair) => pair[1] === theirs)?.[0],
    theirs: (ours) => pairs.find((pair) => pair[0] === ours)?.[1] ?? otherwise,
  };
}
