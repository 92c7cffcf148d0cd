import { Clock, Globe, Link2, Lock, MapPin, Repeat, TextAlignStart, Umbrella } from "lucide-react";
import type { CalendarEvent } from "@/components/calendar/calendar-event";
import { useToday } from "@/components/time/use-today";
import { useViewer } from "@/components/time/viewer-context";
import { Badge } from "@/components/ui/badge";
import type { EventDetails } from "../event-details";
import { LinkedText } from "../linked-text";
import { webAddress } from "../linkify";
import { whenInWords } from "../when-in-words";
import { InspectorRow } from "./inspector-row";

interface InspectorFactsProps {
  occurrence: CalendarEvent;
  details: EventDetails;
}

/** What, when, where and how often. The time is that of the occurrence, not of its series. */
export function InspectorFacts({ occurrence, details }: InspectorFactsProps) {
  const { locale, timeZone } = useViewer();
  const today = useToday();
  const eventTimeZone = details.start.kind === "zoned" ? details.start.timeZone : null;
  const when = whenInWords(occurrence, { locale, timeZone, eventTimeZone, today });
  const address = details.url === null ? null : webAddress(details.url);
  return (
    <>
      <div className="px-4 pt-4 pb-3">
        <h2 className={`text-18 font-semibold tracking-[-0.015em] break-words ${details.status === "cancelled" ? "line-through" : ""}`}>
          {details.title || "Untitled"}
        </h2>
        <p className="mt-1 text-fg-2 tabular-nums">{when.days}</p>
        {details.status === "confirmed" ? null : (
          <Badge tone={details.status === "cancelled" ? "bad" : "warn"} className="mt-2">
            {details.status === "cancelled" ? "Cancelled" : "Tentative"}
          </Badge>
        )}
      </div>
      <dl className="px-4 pb-3">
        <InspectorRow icon={Clock} label="Time">
          <span className="tabular-nums">{when.hours}</span>
          <span className="text-fg-2">, {when.distance}</span>
        </InspectorRow>
        {when.elsewhere ? (
          <InspectorRow icon={Globe} label="Elsewhere">
            <span className="text-fg-2 tabular-nums">{when.elsewhere}</span>
          </InspectorRow>
        ) : null}
        {details.location ? (
          <InspectorRow icon={MapPin} label="Place">
            <LinkedText text={details.location} />
          </InspectorRow>
        ) : null}
        <InspectorRow icon={Repeat} label="Repeats">
          {details.recurrenceText ?? (occurrence.recurring ? "Part of a series" : "Does not repeat")}
        </InspectorRow>
        {address ? (
          <InspectorRow icon={Link2} label="Link">
            <LinkedText text={address} />
          </InspectorRow>
        ) : null}
        {details.transparency === "transparent" ? (
          <InspectorRow icon={Umbrella} label="Availability">
            Free: it does not block the time
          </InspectorRow>
        ) : null}
        {details.visibility === "private" || details.visibility === "confidential" ? (
          <InspectorRow icon={Lock} label="Visibility">
            {details.visibility === "private" ? "Private" : "Confidential"}
          </InspectorRow>
        ) : null}
        {details.description ? (
          <InspectorRow icon={TextAlignStart} label="Description">
            <span className="text-fg-2">
              <LinkedText text={details.description} />
            </span>
          </InspectorRow>
        ) : null}
      </dl>
    </>
  );
}
