import type { CalendarState } from "@/components/calendar/calendars";
import { cn } from "@/components/ui/class-names";

/** Says so where changes do not come by themselves, and why. A calendar that is told of needs no word. */
export function CalendarArrival({ arrival }: { arrival: NonNullable<CalendarState["arrival"]> }) {
  if (arrival.mode === "webhook") return null;
  const { reason } = arrival;
  const why = reason === null ? "Its provider does not announce changes of this calendar." : `${reason.message} ${reason.action}`;
  return (
    <span title={why} className={cn("shrink-0 text-12 text-fg-3", reason !== null && reason.code !== "polling_only" && "text-warn-text")}>
      polled<span className="sr-only">: {why}</span>
    </span>
  );
}
