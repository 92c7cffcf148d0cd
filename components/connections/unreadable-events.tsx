"use client";

import { useQuery } from "convex/react";
import { useState } from "react";
import type { Calendar } from "@/components/calendar/calendars";
import { RelativeTime } from "@/components/time/relative-time";
import { Dialog } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import { api } from "@/convex/_generated/api";
import { countOf } from "./count-words";

function UnreadableList({ calendarId }: Pick<Calendar, "calendarId">) {
  const rows = useQuery(api.calendars.unreadable.list, { calendarId });
  if (rows === undefined) {
    return (
      <div className="flex flex-col gap-3 p-5" aria-busy="true">
        <Skeleton className="h-4 w-4/5" />
        <Skeleton className="h-4 w-3/5" />
      </div>
    );
  }
  return (
    <ul className="mt-3 mb-2">
      {rows.map((row) => (
        <li key={row.remoteId} className="border-t border-line px-5 py-2.5">
          <p>{row.reason}</p>
          <p className="mt-0.5 flex gap-2 text-12 text-fg-3">
            <span className="min-w-0 flex-1 truncate font-mono" title={row.remoteId}>
              {row.remoteId}
            </span>
            <RelativeTime at={row.seenAt} form="ago" />
          </p>
        </li>
      ))}
    </ul>
  );
}

/** How many events of a calendar could not be read; opens the list of them with the reasons. */
export function UnreadableEvents({ calendar, amount }: { calendar: Calendar; amount: number }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        onClick={() => setOpen(true)}
        className="rounded-chip text-12 text-warn-text underline decoration-dotted underline-offset-2 hover:decoration-solid"
      >
        {countOf(amount, "event")} could not be read
      </button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={`Not readable in ${calendar.name}`}
        description="The rest of the calendar is complete. Once such an event is repaired on the server, it appears here."
      >
        {open ? <UnreadableList calendarId={calendar.calendarId} /> : null}
      </Dialog>
    </>
  );
}
