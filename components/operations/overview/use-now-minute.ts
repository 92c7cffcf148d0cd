"use client";

import { useSyncExternalStore } from "react";
import { subscribeToSeconds } from "@/components/time/ticker";

const MINUTE = 60_000;

/** The start of the current minute, epoch milliseconds: charts move on with it also while nothing happens. */
export function useNowMinute(): number {
  return useSyncExternalStore(subscribeToSeconds, () => Math.floor(Date.now() / MINUTE) * MINUTE);
}
