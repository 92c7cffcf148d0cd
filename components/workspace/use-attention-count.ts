"use client";

import { useCalendarStates, useCalendars } from "@/components/calendar/calendars";
import { needsAttention } from "@/components/connections/connection-health";
import { useConnections } from "@/components/connections/use-connections";

/** How many connections wait for a person. */
export function useAttentionCount(): number {
  const connections = useConnections() ?? [];
  const calendars = useCalendars() ?? [];
  const states = useCalendarStates();
  return connections.filter((connection) => {
    const own = calendars.filter((calendar) => calendar.connectionId === connection.connectionId);
    return needsAttention(
      connection,
      own.flatMap((calendar) => states?.get(calendar.calendarId) ?? []),
    );
  }).length;
}
