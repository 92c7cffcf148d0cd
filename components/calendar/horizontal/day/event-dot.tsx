import { cn } from "@/components/ui/class-names";
import type { CalendarEvent } from "../../calendar-event";

/** The colour of an event's calendar; hollow while nothing is settled. */
export function EventDot({ event }: { event: Pick<CalendarEvent, "color" | "status" | "transparency"> }) {
  const isHollow = event.status !== "confirmed" || event.transparency === "transparent";
  return (
    <span
      aria-hidden="true"
      data-cal={event.color}
      className={cn("size-2 shrink-0 rounded-[2px]", isHollow ? "border-2 border-cal-mark" : "bg-cal-mark")}
    />
  );
}
