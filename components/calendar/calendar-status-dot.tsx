import { RelativeTime } from "@/components/time/relative-time";
import { StatusDot } from "@/components/ui/status-dot";
import type { CalendarStatus } from "./calendar-status";

/** The state of a calendar, in the rail and on its connection's card. */
export function CalendarStatusDot({ status, className }: { status: CalendarStatus; className?: string }) {
  return (
    <StatusDot tone={status.tone} description={status.description} className={className}>
      {"at" in status ? <RelativeTime at={status.at} form="short" /> : status.text}
    </StatusDot>
  );
}
