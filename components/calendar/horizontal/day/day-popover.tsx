"use client";

import { CalendarDays } from "lucide-react";
import { Popover } from "radix-ui";
import { useMemo } from "react";
import { useViewer } from "@/components/time/viewer-context";
import { Button } from "@/components/ui/button";
import type { PlainDate } from "../../dates/plain-date";
import { type EpochDay, fromEpochDay } from "../layout/epoch-day";
import type { KeptYear } from "../layout/keep-year";
import { eventsOn } from "../layout/year-event";
import { DayEvents } from "./day-events";
import { longDate } from "./day-words";

interface DayPopoverProps {
  /** Null: closed. */
  day: EpochDay | null;
  year: KeptYear;
  anchorOf: (day: EpochDay) => HTMLElement | null;
  onClose: () => void;
  onSelect: (occurrenceKey: string) => void;
  onOpenDay: (date: PlainDate) => void;
}

/** A day of the year, opened: all of its events, folded routine too. */
export function DayPopover({ day, year, anchorOf, onClose, onSelect, onOpenDay }: DayPopoverProps) {
  const { locale } = useViewer();
  const items = useMemo(() => (day === null ? [] : eventsOn([...year.byKey.values()], day)), [day, year]);
  const anchor = useMemo(
    () => ({ current: { getBoundingClientRect: () => (day === null ? null : anchorOf(day))?.getBoundingClientRect() ?? new DOMRect() } }),
    [day, anchorOf],
  );
  if (day === null) return null;
  const title = longDate(day, locale);

  function select(key: string) {
    // First back to the day: whoever closes the event then comes back to it as well.
    if (day !== null) anchorOf(day)?.focus();
    onClose();
    onSelect(key);
  }

  return (
    <Popover.Root open onOpenChange={(open) => !open && onClose()}>
      <Popover.Anchor virtualRef={anchor} />
      <Popover.Portal>
        <Popover.Content
          aria-label={title}
          sideOffset={6}
          collisionPadding={8}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (document.activeElement === document.body) anchorOf(day)?.focus();
          }}
          className="z-50 flex max-h-(--radix-popover-content-available-height) w-90 animate-fade-in flex-col rounded-card bg-raised shadow-float outline-none"
        >
          <div className="flex items-baseline gap-2 px-3 pt-2.5 pb-1.5">
            <h2 className="flex-1 font-semibold">{title}</h2>
            <span className="text-12 text-fg-3 tabular-nums">{items.length === 1 ? "1 event" : `${items.length} events`}</span>
          </div>
          {items.length === 0 ? (
            <p className="px-3 pb-2 text-fg-2">Nothing on this day.</p>
          ) : (
            <div className="min-h-0 max-h-90 overflow-y-auto pb-1">
              <DayEvents day={day} items={items} onSelect={select} />
            </div>
          )}
          <div className="border-t border-line p-1">
            <Button variant="quiet" className="w-full justify-start px-2" onClick={() => onOpenDay(fromEpochDay(day))}>
              <CalendarDays aria-hidden="true" />
              Open the day
            </Button>
          </div>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
