"use client";

import { useSyncExternalStore } from "react";
import { agoLong, agoShort, until } from "./relative-label";
import { subscribeToSeconds } from "./ticker";
import { useViewer } from "./viewer-context";

const LABELS = { short: agoShort, ago: agoLong, until };

interface RelativeTimeProps {
  /** Epoch milliseconds. */
  at: number;
  form: keyof typeof LABELS;
}

/** A time relative to now that keeps itself current; nothing around it renders again. */
export function RelativeTime({ at, form }: RelativeTimeProps) {
  const { locale } = useViewer();
  const label = useSyncExternalStore(subscribeToSeconds, () => LABELS[form](at, Date.now(), locale));
  return (
    <time dateTime={new Date(at).toISOString()} className="tabular-nums">
      {label}
    </time>
  );
}
