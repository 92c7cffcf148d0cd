import type { RowLayout } from "./row-layout";

/** More than this at once is not a change to point at. */
const MOST_FRESH = 3;

const NONE: ReadonlySet<string> = new Set();

function places({ bars }: RowLayout): Map<string, string> {
  return new Map(bars.map(({ item, from, to }) => [item.event.occurrenceKey, `${from} ${to}`]));
}

/** The keys of bars that came, or changed their days, from one layout of a month to the next. */
export function freshBars(before: RowLayout, after: RowLayout): ReadonlySet<string> {
  const known = places(before);
  const fresh = new Set([...places(after)].filter(([key, place]) => known.get(key) !== place).map(([key]) => key));
  return fresh.size > MOST_FRESH ? NONE : fresh;
}
