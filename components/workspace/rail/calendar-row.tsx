import { CalendarStatusDot } from "@/components/calendar/calendar-status-dot";
import { calendarStatus } from "@/components/calendar/calendar-status";
import { type Calendar, type CalendarState, useSetVisible } from "@/components/calendar/calendars";
import type { Connection } from "@/components/connections/use-connections";
import { Checkbox } from "@/components/ui/checkbox";

interface CalendarRowProps {
  calendar: Calendar;
  /** Undefined while loading. */
  state: CalendarState | undefined;
  connection: Connection;
}

/** A calendar in the rail: shown or hidden, and how it is with its provider. */
export function CalendarRow({ calendar, state, connection }: CalendarRowProps) {
  const setVisible = useSetVisible();
  return (
    // The whole row is the label: 24 px high, and as wide as the rail.
    <label
      data-cal={calendar.color}
      className="flex h-6 items-center gap-2 rounded-control px-2 hover:bg-hover narrow:h-10"
    >
      <Checkbox
        aria-label={calendar.name}
        checked={calendar.visible}
        onCheckedChange={(checked) => setVisible(calendar.calendarId, checked === true)}
      />
      <span className="min-w-0 flex-1 truncate" title={calendar.name}>
        {calendar.name}
      </span>
      {state ? <CalendarStatusDot status={calendarStatus(state, connection)} /> : null}
    </label>
  );
}
