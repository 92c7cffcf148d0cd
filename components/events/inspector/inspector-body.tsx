import { TriangleAlert } from "lucide-react";
import type { CalendarEvent } from "@/components/calendar/calendar-event";
import { Callout } from "@/components/ui/callout";
import { Skeleton } from "@/components/ui/skeleton";
import { useEventDetails } from "../event-details";
import { InspectorFacts } from "./inspector-facts";
import { People } from "./people";

function InspectorSkeleton() {
  return (
    <div className="px-4 pt-4" aria-busy="true">
      <Skeleton className="h-6 w-3/5" />
      <Skeleton className="mt-2 h-4 w-2/5" />
      <Skeleton className="mt-6 h-4 w-4/5" />
      <Skeleton className="mt-3 h-4 w-3/5" />
      <Skeleton className="mt-3 h-4 w-2/3" />
    </div>
  );
}

/** An occurrence with everything that is known of its event. */
export function InspectorBody({ occurrence }: { occurrence: CalendarEvent }) {
  const details = useEventDetails(occurrence.eventId);
  if (details === undefined) return <InspectorSkeleton />;
  if (details === null) return <p className="p-4 text-fg-2">This event does not exist any more.</p>;
  return (
    <>
      <InspectorFacts occurrence={occurrence} details={details} />
      {details.warnings.length > 0 ? (
        <div className="flex flex-col gap-2 px-4 pb-3">
          {details.warnings.map((warning) => (
            <Callout key={`${warning.code} ${warning.message}`} tone="warn" icon={<TriangleAlert aria-hidden="true" />} title="Shown as well as it can be">
              {warning.message}
            </Callout>
          ))}
        </div>
      ) : null}
      <People organizer={details.organizer} attendees={details.attendees} />
      <section className="border-t border-line px-4 py-3" aria-label="Source">
        <dl className="grid grid-cols-[88px_minmax(0,1fr)] gap-y-1.5 text-12">
          <dt className="text-fg-3">Calendar</dt>
          <dd className="truncate">{details.calendarName}</dd>
          <dt className="text-fg-3">Account</dt>
          <dd className="truncate" title={details.connectionLabel}>
            {details.connectionLabel}
          </dd>
        </dl>
      </section>
    </>
  );
}
