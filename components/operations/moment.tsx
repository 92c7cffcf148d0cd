"use client";

import { useViewer } from "@/components/time/viewer-context";

/** A moment to the second; the day only where it is not today. `at` is epoch milliseconds. */
export function Moment({ at }: { at: number }) {
  const { locale } = useViewer();
  const isToday = new Date(at).toDateString() === new Date().toDateString();
  const format = new Intl.DateTimeFormat(locale, {
    ...(isToday ? {} : { day: "numeric", month: "short" }),
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  return (
    <time dateTime={new Date(at).toISOString()} className="whitespace-nowrap tabular-nums" title={new Date(at).toLocaleString(locale)}>
      {format.format(at)}
    </time>
  );
}
