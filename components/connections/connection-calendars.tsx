import { TriangleAlert } from "lucide-react";
import { CalendarStatusDot } from "@/components/calendar/calendar-status-dot";
import { calendarStatus, isRetrying } from "@/components/calendar/calendar-status";
import type { Calendar, CalendarState } from "@/components/calendar/calendars";
import { Callout } from "@/components/ui/callout";
import { CalendarArrival } from "./calendar-arrival";
import { CalendarMenu } from "./rebuild-menus";
import { HeldNotice } from "./held-notice";
import { UnreadableEvents } from "./unreadable-events";
import type { Connection } from "./use-connections";

const number = new Intl.NumberFormat("en");

function amount(state: CalendarState): string {
  if (state.phase !== "importing" || state.progress === null) return state.resources === null ? "" : number.format(state.resources);
  const done = number.format(state.progress.done);
  return state.progress.total === null ? done : `${done} of ${number.format(state.progress.total)}`;
}

interface CalendarItemProps {
  calendar: Calendar;
  state: CalendarState | undefined;
  connection: Connection;
}

function CalendarItem({ calendar, state, connection }: CalendarItemProps) {
  return (
    <li>
      <div className="grid min-h-7 grid-cols-[8px_minmax(0,1fr)_auto_84px_auto] items-center gap-2">
        <span aria-hidden="true" data-cal={calendar.color} className="size-2 rounded-[2px] bg-cal-mark" />
        <span className="flex min-w-0 items-center gap-2">
          <span className="truncate" title={calendar.name}>
            {calendar.name}
          </span>
          {calendar.accessRole === "reader" ? <span className="shrink-0 text-12 text-fg-3">read only</span> : null}
          {state?.arrival ? <CalendarArrival arrival={state.arrival} /> : null}
        </span>
        <span className="text-12 text-fg-2 tabular-nums">
          {state ? amount(state) : null}
          {state && amount(state) ? <span className="sr-only"> events</span> : null}
        </span>
        {state ? <CalendarStatusDot status={calendarStatus(state, connection)} className="justify-self-end" /> : <span />}
        {state && connection.status === "active" ? <CalendarMenu calendar={calendar} /> : <span />}
      </div>
      {state?.held ? <HeldNotice calendar={calendar} held={state.held} /> : null}
      {state?.error && state.held === null && connection.status !== "reconnect_required" ? (
        <Callout
          tone={isRetrying(state) ? "warn" : "bad"}
          icon={<TriangleAlert aria-hidden="true" />}
          title={state.error.message}
          className="mt-1.5 mb-2"
        >
          {isRetrying(state) ? "It is tried again soon. " : null}
          {state.error.action}
        </Callout>
      ) : null}
      {state && state.unreadable > 0 ? (
        <p className="mb-1.5 pl-4">
          <UnreadableEvents calendar={calendar} amount={state.unreadable} />
        </p>
      ) : null}
    </li>
  );
}

interface ConnectionCalendarsProps {
  connection: Connection;
  calendars: readonly Calendar[];
  states: ReadonlyMap<Calendar["calendarId"], CalendarState> | undefined;
}

/** The calendars of a connection: how many events each has, and how it is with the server. */
export function ConnectionCalendars({ connection, calendars, states }: ConnectionCalendarsProps) {
  if (calendars.length === 0) return null;
  return (
    <div className="border-t border-line px-4 py-2.5">
      <ul aria-label={`Calendars of ${connection.label}`}>
        {calendars.map((calendar) => (
          <CalendarItem key={calendar.calendarId} calendar={calendar} state={states?.get(calendar.calendarId)} connection={connection} />
        ))}
      </ul>
    </div>
  );
}
