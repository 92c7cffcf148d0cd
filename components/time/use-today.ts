"use client";

import { useSyncExternalStore } from "react";
import { subscribeToSeconds } from "./ticker";

function todayHere(): string {
  const now = new Date();
  const two = (value: number) => String(value).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** Today where the viewer is, `YYYY-MM-DD`; renders again at midnight. Browser only. */
export function useToday(): string {
  return useSyncExternalStore(subscribeToSeconds, todayHere);
}
