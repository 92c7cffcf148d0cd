"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { useMemo } from "react";
import { useViewer } from "@/components/time/viewer-context";
import { Button } from "@/components/ui/button";
import { Sheet } from "@/components/ui/sheet";
import type { PlainDate } from "../../dates/plain-date";
import { DayEvents } from "../day/day-events";
import { longDate } from "../day/day-words";
import { type EpochDay, fromEpochDay } from "../layout/epoch-day";
import type { KeptYear } from "../layout/keep-year";
import { eventsOn } from "../layout/year-event";

interface DaySheetProps {
  /** Null: closed. */
  day: EpochDay | null;
  year: KeptYear;
  onChange: (day: EpochDay | null) => void;
  onSelect: (occurrenceKey: string) => void;
  onOpenDay: (date: PlainDate) => void;
}

/** A day opened on the phone. A finger is wider than a day of the strip: its neighbours are one tap away. */
export function DaySheet({ day, year, onChange, onSelect, onOpenDay }: DaySheetProps) {
  const { locale } = useViewer();
  const items = useMemo(() => (day === null ? [] : eventsOn([...year.byKey.values()], day)), [day, year]);
  const title = day === null ? "Day" : longDate(day, locale);
  return (
    <Sheet side="bottom" label={title} open={day !== null} onOpenChange={(open) => !open && onChange(null)}>
      {day === null ? null : (
        <>
          <div className="flex h-12 shrink-0 items-center border-b border-line pr-1 pl-4">
            <p aria-live="polite" className="min-w-0 flex-1 truncate font-semibold">
              {title}
            </p>
            <Button variant="quiet" icon aria-label="Previous day" onClick={() => onChange(day - 1)}>
              <ChevronLeft aria-hidden="true" />
            </Button>
            <Button variant="quiet" icon aria-label="Next day" onClick={() => onChange(day + 1)}>
              <ChevronRight aria-hidden="true" />
            </Button>
          </div>
          <div className="min-h-40 flex-1 overflow-y-auto py-1">
            {items.length === 0 ? <p className="px-4 py-2 text-fg-2">Nothing on this day.</p> : null}
            <DayEvents
              day={day}
              items={items}
              onSelect={(key) => {
                onChange(null);
                onSelect(key);
              }}
            />
          </div>
          <div className="border-t border-line p-2">
            <Button className="w-full" onClick={() => onOpenDay(fromEpochDay(day))}>
              Open the day
            </Button>
          </div>
        </>
      )}
    </Sheet>
  );
}
