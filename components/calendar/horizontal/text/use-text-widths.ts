"use client";

import { useCallback, useSyncExternalStore } from "react";
import type { TextWidth } from "../layout/labels";
import { forgetTextWidths, textWidths } from "./text-widths";

function subscribe(listener: () => void): () => void {
  const onLoad = () => {
    forgetTextWidths();
    listener();
  };
  document.fonts.addEventListener("loadingdone", onLoad);
  return () => document.fonts.removeEventListener("loadingdone", onLoad);
}

/** Measures text of the grid of that many pixels; a new function once more fonts are there. Browser only. */
export function useTextWidths(size: number): TextWidth {
  const measure = useCallback(() => textWidths(`500 ${size}px ${getComputedStyle(document.body).fontFamily}`), [size]);
  return useSyncExternalStore(subscribe, measure, measure);
}
