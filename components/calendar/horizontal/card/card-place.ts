import type { CSSProperties } from "react";

/** The widest that a card gets, in pixels. */
export const CARD_WIDTH = 280;

const GAP = 6;
const EDGE = 8;

/** Places a card under a thing on the screen, or above it in the lower part; never over the sides. */
export function cardPlace(rect: Pick<DOMRect, "left" | "top" | "bottom" | "width">, viewport: { width: number; height: number }): CSSProperties {
  const wanted = rect.width > CARD_WIDTH ? rect.left + 24 : rect.left + rect.width / 2 - CARD_WIDTH / 2;
  const left = Math.round(Math.max(EDGE, Math.min(viewport.width - CARD_WIDTH - EDGE, wanted)));
  const isLow = rect.bottom > viewport.height * 0.7;
  return isLow ? { left, bottom: Math.round(viewport.height - rect.top + GAP) } : { left, top: Math.round(rect.bottom + GAP) };
}
