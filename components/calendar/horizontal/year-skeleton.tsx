import { Skeleton } from "@/components/ui/skeleton";

const MONTHS = Array.from({ length: 12 }, (_, index) => index);

/** The shape of a year before anything of it is known. */
export function YearSkeleton() {
  return (
    <div aria-busy="true" aria-label="Loading the year" role="status" className="absolute inset-0 flex flex-col overflow-hidden bg-ground">
      <div className="h-6 shrink-0 border-b border-line bg-surface phone:hidden" />
      {MONTHS.map((month) => (
        <div key={month} className="flex min-h-14 flex-1 items-start pl-4 phone:flex-col phone:gap-2 phone:px-4 phone:py-3">
          <span className="w-11 shrink-0 pt-1">
            <Skeleton className="h-3 w-6" />
          </span>
          <span className="h-full flex-1 border-b border-line" />
        </div>
      ))}
    </div>
  );
}
