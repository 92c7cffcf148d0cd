"use client";

import { useMutation } from "convex/react";
import { OctagonPause } from "lucide-react";
import type { Calendar, CalendarState } from "@/components/calendar/calendars";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { attempt } from "@/components/workspace/attempt";
import { api } from "@/convex/_generated/api";
import { countOf } from "./count-words";

interface HeldNoticeProps {
  calendar: Calendar;
  held: NonNullable<CalendarState["held"]>;
}

/** The brake on mass deletion has caught: what the server says now, and the choice to let it through. */
export function HeldNotice({ calendar, held }: HeldNoticeProps) {
  const release = useMutation(api.calendars.held.release);
  return (
    <Callout tone="warn" icon={<OctagonPause aria-hidden="true" />} title="Held, nothing was deleted" className="mt-1.5 mb-2">
      The server suddenly lists {countOf(held.deletions, "event")} fewer, of {held.known} known here. If that is a mistake of the
      server, do nothing: the calendar goes on by itself once they are back.
      <span className="mt-2 flex">
        <ConfirmDialog
          trigger={<Button size="small">Let it through</Button>}
          title={`Remove ${countOf(held.deletions, "event")} from ${calendar.name}?`}
          description="They are gone on the server already; then they are gone here too. This cannot be taken back here."
          confirm="Remove them here"
          onConfirm={() => void attempt(release({ calendarId: calendar.calendarId }), "Not let through")}
        />
      </span>
    </Callout>
  );
}
