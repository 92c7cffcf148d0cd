import { memo } from "react";
import { cn } from "@/components/ui/class-names";
import { EventDot } from "../day/event-dot";
import { titleOf } from "../layout/row-layout";
import type { YearEvent } from "../layout/year-event";

interface MonthLineProps {
  item: YearEvent;
  when: string;
  /** The line above says the same date. */
  isAgain: boolean;
  roomy: boolean;
  onSelect: (occurrenceKey: string) => void;
}

/** One event of a month in words. */
export const MonthLine = memo(function MonthLine({ item, when, isAgain, roomy, onSelect }: MonthLineProps) {
  return (
    <li>
      <button
        type="button"
        onClick={() => onSelect(item.event.occurrenceKey)}
        className={cn(
          "grid w-full grid-cols-[8px_68px_minmax(0,1fr)_auto] items-center gap-2 rounded-chip px-1.5 text-left active:bg-hover focus-visible:-outline-offset-2",
          roomy ? "min-h-8" : "min-h-7",
        )}
      >
        <EventDot event={item.event} />
        <span className="whitespace-nowrap text-fg-2 tabular-nums">{isAgain ? <span className="sr-only">{when}</span> : when}</span>
        <span className={cn("truncate", item.event.status === "cancelled" && "text-fg-2 line-through")}>{titleOf(item)}</span>
        <span className="max-w-24 truncate text-12 text-fg-3">{item.event.calendarName}</span>
      </button>
    </li>
  );
});
