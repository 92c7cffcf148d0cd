import { Skeleton } from "@/components/ui/skeleton";

const DAYS = Array.from({ length: 7 }, (_, index) => index);

/** The shape of a week before anything of it is known. */
export function CalendarSkeleton() {
  return (
    <div aria-busy="true" aria-label="Loading the calendar" role="status" className="flex h-full flex-col bg-surface">
      <div className="grid h-12 shrink-0 grid-cols-[56px_repeat(7,minmax(0,1fr))] phone:grid-cols-[48px_repeat(3,minmax(0,1fr))]">
        <span />
        {DAYS.map((day) => (
          <span key={day} className="flex items-center border-l border-line pl-2 phone:nth-[n+5]:hidden">
            <Skeleton className="h-4 w-12" />
          </span>
        ))}
      </div>
      <div className="h-[23px] shrink-0" />
      <div className="grid flex-1 grid-cols-[56px_repeat(7,minmax(0,1fr))] border-t border-line-strong phone:grid-cols-[48px_repeat(3,minmax(0,1fr))]">
        <span />
        {DAYS.map((day) => (
          <span key={day} className="border-l border-line phone:nth-[n+5]:hidden" />
        ))}
      </div>
    </div>
  );
}
