"use client";

import { useViewer } from "@/components/time/viewer-context";
import { useCalendar } from "../calendar-provider";
import { RoutineToggle } from "./routine-toggle";
import { useRoutineShown } from "./use-routine-shown";
import { useYearCount } from "./use-year-count";

/** Beside the year's title: how much of it is shown, and the routine that is not. */
export function YearSummary() {
  const { locale } = useViewer();
  const [routineShown] = useRoutineShown();
  const { events, routine } = useYearCount();
  const { loading } = useCalendar();
  // Not yet counted.
  if (loading && events === 0) return null;
  const count = routineShown ? events : events - routine;
  return (
    <>
      <span className="whitespace-nowrap text-fg-3 tabular-nums">{count === 1 ? "1 event" : `${count.toLocaleString(locale)} events`}</span>
      <RoutineToggle />
    </>
  );
}
