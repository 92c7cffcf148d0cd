import { memo } from "react";
import { cn } from "@/components/ui/class-names";
import type { MonthShape } from "../layout/month-shape";
import type { RowLayout } from "../layout/row-layout";
import { barStyle } from "./grid-style";

interface BarsProps {
  shape: MonthShape;
  layout: RowLayout;
  selectedKey: string | null;
  /** Keys of bars that have just arrived. */
  fresh: ReadonlySet<string>;
}

/**
 * The events of a month as bars. They are for the eye and the pointer alone: each is also in its
 * days' names, and opens from there.
 */
export const Bars = memo(function Bars({ shape, layout, selectedKey, fresh }: BarsProps) {
  return (
    <>
      {layout.bars.map((bar) => {
        const { occurrenceKey, color, status, transparency } = bar.item.event;
        return (
          <span
            key={`${occurrenceKey} ${bar.from}`}
            data-key={occurrenceKey}
            data-from={shape.first + bar.from - 1}
            data-cal={color}
            style={barStyle(bar)}
            className={cn(
              "year-bar",
              bar.starts && "starts",
              bar.ends && "ends",
              bar.spills && "spills",
              status !== "confirmed" && `is-${status}`,
              transparency === "transparent" && "is-transparent",
              occurrenceKey === selectedKey && "is-selected",
              fresh.has(occurrenceKey) && "is-fresh",
            )}
          >
            {bar.label}
          </span>
        );
      })}
      {layout.more.map(({ day, lane, count }) => (
        <span key={day} data-day={shape.first + day - 1} style={barStyle({ column: shape.offset + day - 1, days: 1, lane })} className="year-more">
          +{count}
        </span>
      ))}
    </>
  );
});
