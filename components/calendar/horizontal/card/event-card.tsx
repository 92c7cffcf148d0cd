"use client";

import type { PlainDate } from "../../dates/plain-date";
import { whenInWords } from "@/components/events/when-in-words";
import { useViewer } from "@/components/time/viewer-context";
import { cn } from "@/components/ui/class-names";
import { EventDot } from "../day/event-dot";
import { titleOf } from "../layout/row-layout";
import type { YearEvent } from "../layout/year-event";

/** One event in short: title, when, where, and whose it is. */
export function EventCard({ item, today }: { item: YearEvent; today: PlainDate }) {
  const { locale, timeZone } = useViewer();
  const { event } = item;
  const { days, hours } = whenInWords(event, { locale, timeZone, eventTimeZone: null, today });
  return (
    <>
      <p className={cn("font-semibold", event.status === "cancelled" && "line-through")}>{titleOf(item)}</p>
      <p className="text-12 text-fg-2 tabular-nums">{days}</p>
      <p className="text-12 text-fg-2 tabular-nums">{hours}</p>
      {event.location ? <p className="line-clamp-2 text-12 text-fg-2">{event.location}</p> : null}
      <p className="mt-1 flex items-center gap-1.5 text-12 text-fg-2">
        <EventDot event={event} />
        {event.calendarName}
        {event.status === "confirmed" ? null : <span className="text-fg-3 capitalize">· {event.status}</span>}
      </p>
    </>
  );
}
