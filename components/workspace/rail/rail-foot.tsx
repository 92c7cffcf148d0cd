"use client";

import { isInStep } from "@/components/calendar/calendar-status";
import { useCalendarStates, useCalendars } from "@/components/calendar/calendars";
import { useConnections } from "@/components/connections/use-connections";
import { StatusDot } from "@/components/ui/status-dot";
import { useLiveness } from "../liveness";
import { UserMenu } from "./user-menu";

function InStep() {
  const connections = useConnections();
  const calendars = useCalendars();
  const states = useCalendarStates();
  if (connections === undefined || calendars === undefined || states === undefined) return null;
  const statusOf = new Map(connections.map((connection) => [connection.connectionId, connection]));
  const inStep = calendars.filter((calendar) => {
    const state = states.get(calendar.calendarId);
    const connection = statusOf.get(calendar.connectionId);
    return state !== undefined && connection !== undefined && isInStep(state, connection);
  }).length;
  if (calendars.length === 0) return <span>No calendars yet</span>;
  return (
    <span className="truncate tabular-nums">
      {inStep} of {calendars.length} {calendars.length === 1 ? "calendar" : "calendars"} in step
    </span>
  );
}

/** Whether everything is live, and who is signed in. */
export function RailFoot() {
  const liveness = useLiveness();
  return (
    <div className="flex h-11 shrink-0 items-center gap-1.5 border-t border-line pr-2 pl-4 text-12 text-fg-2 narrow:h-14">
      <div className="flex min-w-0 flex-1 items-center gap-1.5" role="status">
        {liveness === "live" ? (
          <>
            <StatusDot tone="live">Live</StatusDot>
            <InStep />
          </>
        ) : null}
        {liveness === "connecting" ? <StatusDot tone="busy">Connecting</StatusDot> : null}
        {liveness === "offline" ? (
          <>
            <StatusDot tone="attention">Offline</StatusDot>
            <span className="truncate">Shown as last seen</span>
          </>
        ) : null}
      </div>
      <UserMenu />
    </div>
  );
}
