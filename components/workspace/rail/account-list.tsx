"use client";

import { useCalendarStates, useCalendars } from "@/components/calendar/calendars";
import { useConnections } from "@/components/connections/use-connections";
import { Skeleton } from "@/components/ui/skeleton";
import { CalendarRow } from "./calendar-row";

function AccountListSkeleton() {
  return (
    <div className="flex flex-col gap-3 p-2" aria-busy="true">
      <Skeleton className="h-3 w-3/5" />
      <Skeleton className="h-3 w-4/5" />
      <Skeleton className="h-3 w-2/3" />
    </div>
  );
}

/** Every account with its calendars. */
export function AccountList() {
  const connections = useConnections();
  const calendars = useCalendars();
  const states = useCalendarStates();
  const isLoading = connections === undefined || calendars === undefined;
  return (
    <div className="min-h-0 flex-1 overflow-y-auto border-t border-line px-2 py-1 [scrollbar-width:none]">
      {isLoading ? <AccountListSkeleton /> : null}
      {connections?.map((connection) => {
        const own = calendars?.filter((calendar) => calendar.connectionId === connection.connectionId) ?? [];
        return (
          <section key={connection.connectionId} aria-label={connection.label} className="mb-2">
            <h2 className="flex h-7 items-center gap-1.5 px-2 text-11 text-fg-3" title={connection.label}>
              <b className="shrink-0 font-medium text-fg-2">{connection.providerLabel}</b>
              <span className="truncate">{connection.label}</span>
            </h2>
            <ul>
              {own.map((calendar) => (
                <li key={calendar.calendarId}>
                  <CalendarRow calendar={calendar} state={states?.get(calendar.calendarId)} connection={connection} />
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}
