/** The width of a text in pixels. */
export type TextWidth = (text: string) => number;

/** Before and after a label, in pixels. */
export const LABEL_PADDING = 9;

/** A label that is cut must still say something. */
const LEAST_LETTERS = 4;

/** Words that say nothing at the end of a label. */
const LOOSE_ENDS = new Set(["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "vs", "with"]);

function withoutLooseEnd(words: readonly string[]): string[] {
  const kept = [...words];
  for (let last = kept.at(-1); last !== undefined; last = kept.at(-1)) {
    const bare = last.replace(/[\p{P}\p{S}]+$/u, "");
    if (bare !== "" && !LOOSE_ENDS.has(bare.toLowerCase())) {
      kept[kept.length - 1] = bare === last || /[)\]!?%]$/.test(last) ? last : bare;
      break;
    }
    kept.pop();
  }
  return kept;
}

/**
 * The title, or as many whole words of its beginning as fit into `room` pixels; empty when not
 * even that says something. Never a part of a word, never dots.
 */
export function fitLabel(title: string, room: number, widthOf: TextWidth): string {
  if (room <= 0) return "";
  if (widthOf(title) <= room) return title;
  const words = title.split(/\s+/).filter((word) => word !== "");
  for (let count = words.length - 1; count > 0; count--) {
    const label = withoutLooseEnd(words.slice(0, count)).join(" ");
    if (label.length >= LEAST_LETTERS && widthOf(label) <= room) return label;
  }
  return "";
}
