import type { TextWidth } from "../layout/labels";

/** The grid's text has features that a canvas does not know; they widen it by less than this. */
const ALLOWANCE = 1.015;

/** Measures with a canvas, and each text once. `font` is a CSS font shorthand. */
export function createTextWidths(font: string): TextWidth {
  const context = document.createElement("canvas").getContext("2d");
  const widths = new Map<string, number>();
  if (context) context.font = font;
  return (text) => {
    const width = widths.get(text) ?? Math.ceil((context?.measureText(text).width ?? Infinity) * ALLOWANCE);
    widths.set(text, width);
    return width;
  };
}

const measures = new Map<string, TextWidth>();

/** The one measure of a font; forgotten by {@link forgetTextWidths}. */
export function textWidths(font: string): TextWidth {
  const known = measures.get(font) ?? createTextWidths(font);
  measures.set(font, known);
  return known;
}

/** What was measured with a stand-in font is worth nothing once the real one is there. */
export function forgetTextWidths(): void {
  measures.clear();
}
