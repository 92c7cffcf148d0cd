"use client";

import { type KeyboardEvent, type MouseEvent, useCallback, useId, useState } from "react";
import { useViewer } from "@/components/time/viewer-context";
import type { PlainDate } from "../../dates/plain-date";
import { YearCard } from "../card/year-card";
import { DayPopover } from "../day/day-popover";
import { moveDay, standOn } from "../keys/move-day";
import { type EpochDay, fromEpochDay, toEpochDay } from "../layout/epoch-day";
import { yearGeometry } from "../layout/geometry";
import type { KeptYear } from "../layout/keep-year";
import { useTextWidths } from "../text/use-text-widths";
import { geometryStyle } from "./grid-style";
import { MonthRows } from "./month-rows";
import { useActiveDay } from "./use-active-day";
import { useSize } from "./use-size";

interface YearGridProps {
  year: KeptYear;
  date: PlainDate;
  today: PlainDate;
  /** Nothing is known of this year yet. */
  waiting: boolean;
  selectedKey: string | null;
  /** Counts how often today was asked for. */
  todayCalls: number;
  onSelect: (occurrenceKey: string) => void;
  onOpenDay: (date: PlainDate) => void;
  onMove: (date: PlainDate) => void;
}

function valueOf(target: EventTarget, attribute: "data-day" | "data-from" | "data-key"): string | null {
  const holder = target instanceof Element ? target.closest(`[${attribute}]`) : null;
  return holder?.getAttribute(attribute) ?? null;
}

/** Twelve months as an ARIA grid with one tab stop. Pointer and keys are heard here, not in every bar. */
export function YearGrid({ year, date, today, waiting, selectedKey, todayCalls, onSelect, onOpenDay, onMove }: YearGridProps) {
  const { firstDay } = useViewer();
  const hint = useId();
  const [measure, size] = useSize();
  const [grid, setGrid] = useState<HTMLElement | null>(null);
  const [openDay, setOpenDay] = useState<EpochDay | null>(null);
  const cellOf = useCallback((day: EpochDay) => grid?.querySelector<HTMLElement>(`[role="gridcell"][data-day="${day}"]`) ?? null, [grid]);
  const { active, moveTo } = useActiveDay({ date, today, todayCalls, firstDay }, cellOf);
  const geometry = size && yearGeometry(size);
  const widthOf = useTextWidths(geometry?.font ?? 10);
  const shownYear = year.shapes[0]?.year;

  function onKeyDown(event: KeyboardEvent) {
    if (event.altKey || event.shiftKey || valueOf(event.target, "data-day") === null) return;
    const withControl = event.ctrlKey || event.metaKey;
    const opens = event.key === "Enter" || event.key === " ";
    const next = moveDay(active, event.key, { firstDay, toEdge: withControl });
    if (withControl && event.key !== "Home" && event.key !== "End") return;
    if (opens) setOpenDay(active.day);
    else if (next) {
      moveTo(next, { focus: true });
      const target = fromEpochDay(next.day);
      if (Number(target.slice(0, 4)) !== shownYear) onMove(target);
    } else return;
    event.preventDefault();
  }

  function onClick(event: MouseEvent) {
    const key = valueOf(event.target, "data-key");
    const day = valueOf(event.target, key === null ? "data-day" : "data-from");
    if (day === null) return;
    moveTo(standOn(Number(day), firstDay), { focus: false });
    if (key === null) setOpenDay(Number(day));
    else onSelect(key);
  }

  return (
    <div ref={measure} className="absolute inset-0">
      <div
        ref={setGrid}
        role="grid"
        aria-label={`${shownYear}, twelve months`}
        aria-describedby={hint}
        aria-rowcount={13}
        aria-colcount={38}
        aria-busy={waiting}
        className="year"
        style={geometry ? geometryStyle(geometry) : undefined}
        onKeyDown={onKeyDown}
        onClick={onClick}
      >
        {geometry === null ? null : (
          <MonthRows
            year={year}
            dayWidth={geometry.day}
            widthOf={widthOf}
            waiting={waiting}
            today={toEpochDay(today)}
            active={active.day}
            open={openDay}
            selectedKey={selectedKey}
          />
        )}
      </div>
      <p id={hint} className="sr-only">
        Arrows move by day and by month, Enter opens the day.
      </p>
      <YearCard grid={grid} year={year} today={today} hushed={openDay !== null} />
      <DayPopover day={openDay} year={year} anchorOf={cellOf} onClose={() => setOpenDay(null)} onSelect={onSelect} onOpenDay={onOpenDay} />
    </div>
  );
}
