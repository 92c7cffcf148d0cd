import { type PageShape } from "../../serving/exchange";

/** What a listing is sorted by: a number, and the id where that is equal. */
export interface Positioned {
  position: readonly [number, string];
}

export interface CutPage<Item> {
  items: Item[];
  /** The position after which the next page begins; `undefined` on the last page, null for the very beginning. */
  next: [number, string] | null | undefined;
}

/** How much shorter a `partial` page is than what was asked for, and what is left of an `incomplete` listing. */
const PARTIAL_FACTOR = 3;
/** A `partial` page has no more than this, so that short listings have several pages too. */
const MOST_ON_PARTIAL = 20;

/** Cuts one page out of a whole listing, in the shape that the fault desk asks for. */
export function cutPage<Item extends Positioned>(
  listing: readonly Item[],
  after: readonly [number, string] | null,
  size: number,
  shape: PageShape,
  isFirst: boolean,
): CutPage<Item> {
  if (shape === "nothing") return { items: [], next: undefined };
  const ordered = [...listing].sort((a, b) => compare(a.position, b.position));
  const whole = shape === "incomplete" ? ordered.slice(0, Math.floor(ordered.length / PARTIAL_FACTOR)) : ordered;
  if (shape === "empty" && isFirst) return { items: [], next: null };
  const rest = after === null ? whole : whole.filter((item) => compare(item.position, after) > 0);
  const items = rest.slice(0, shape === "partial" ? Math.min(Math.max(1, Math.floor(size / PARTIAL_FACTOR)), MOST_ON_PARTIAL) : size);
  const last = items.at(-1);
  return { items, next: last === undefined || items.length === rest.length ? undefined : [...last.position] };
}

function compare(a: readonly [number, string], b: readonly [number, string]): number {
  return a[0] - b[0] || (a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0);
}
