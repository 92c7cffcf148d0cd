import type { DayHeaderInfo } from "@fullcalendar/react";

/** The head of a day's column: its weekday and, except over a whole month, its number. */
export function DayHead({ weekdayText, dayNumberText, view, text }: DayHeaderInfo) {
  if (!weekdayText) return <span>{text}</span>;
  return (
    <>
      <span>{weekdayText}</span>
      {view.type === "month" || !dayNumberText ? null : <b>{dayNumberText}</b>}
    </>
  );
}
