"use client";

import { useCallback, useSyncExternalStore } from "react";

/** Must match `phone` and `narrow` in `app/globals.css`. */
const QUERIES = { phone: "(width < 40rem)", narrow: "(width < 64rem)" };

/** Whether the screen is at most that wide right now. Browser only; the server takes it for wide. */
export function useScreen(size: keyof typeof QUERIES): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const query = window.matchMedia(QUERIES[size]);
      query.addEventListener("change", listener);
      return () => query.removeEventListener("change", listener);
    },
    [size],
  );
  return useSyncExternalStore(
    subscribe,
    () => window.matchMedia(QUERIES[size]).matches,
    () => false,
  );
}
