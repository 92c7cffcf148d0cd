"use client";

import { Repeat } from "lucide-react";
import type { KeyboardEvent } from "react";
import { useViewer } from "@/components/time/viewer-context";
import { cn } from "@/components/ui/class-names";
import type { EpochDay } from "../layout/epoch-day";
import { titleOf } from "../layout/row-layout";
import type { YearEvent } from "../layout/year-event";
import { timeOnDay } from "./day-words";
import { EventDot } from "./event-dot";

interface DayEventsProps {
  day: EpochDay;
  items: readonly YearEvent[];
  onSelect: (occurrenceKey: string) => void;
}

/** Arrows walk the list as well as Tab does. */
function walk(event: KeyboardEvent<HTMLElement>) {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step === 0) return;
  event.preventDefault();
  const buttons = [...event.currentTarget.querySelectorAll("button")];
  const at = buttons.findIndex((button) => button === document.activeElement);
  buttons[at + step]?.focus();
}

/** Every event of a day, each as a target of full size. */
export function DayEvents({ day, items, onSelect }: DayEventsProps) {
  const { locale } = useViewer();
  return (
    <ul className="flex flex-col px-1" onKeyDown={walk}>
      {items.map((item) => (
        <li key={item.event.occurrenceKey}>
          <button
            type="button"
            onClick={() => onSelect(item.event.occurrenceKey)}
            className="grid min-h-8 w-full grid-cols-[8px_84px_minmax(0,1fr)_auto] items-center gap-2 rounded-chip px-2 text-left transition-colors hover:bg-hover focus-visible:-outline-offset-2 phone:min-h-11"
          >
            <EventDot event={item.event} />
            <span className="whitespace-nowrap text-12 text-fg-2 tabular-nums">{timeOnDay(item, day, locale)}</span>
            <span className={cn("py-1 leading-4", item.event.status === "cancelled" && "text-fg-2 line-through")}>
              {titleOf(item)}
              {item.event.status === "confirmed" ? null : <span className="sr-only">, {item.event.status}</span>}
            </span>
            <span className="flex max-w-24 items-center gap-1 text-12 text-fg-3">
              {item.routine ? <Repeat aria-label="Routine" className="size-3 shrink-0" /> : null}
              <span className="truncate">{item.event.calendarName}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
