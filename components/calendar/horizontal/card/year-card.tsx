"use client";

import { createPortal } from "react-dom";
import type { PlainDate } from "../../dates/plain-date";
import type { KeptYear } from "../layout/keep-year";
import { eventsOn } from "../layout/year-event";
import { CARD_WIDTH, cardPlace } from "./card-place";
import { DayCard } from "./day-card";
import { EventCard } from "./event-card";
import { type CardTarget, useCardTarget } from "./use-card-target";

interface YearCardProps {
  grid: HTMLElement | null;
  year: KeptYear;
  today: PlainDate;
  /** Something larger says the same. */
  hushed: boolean;
}

function contentOf({ kind, id }: CardTarget, year: KeptYear, today: PlainDate) {
  if (kind === "event") {
    const item = year.byKey.get(id);
    return item ? <EventCard item={item} today={today} /> : null;
  }
  const day = Number(id);
  const items = eventsOn([...year.byKey.values()], day).filter((item) => year.routineShown || !item.routine);
  return items.length > 0 ? <DayCard day={day} items={items} /> : null;
}

/** The card of what is under the pointer or the keyboard. Days say the same in their names. */
export function YearCard({ grid, year, today, hushed }: YearCardProps) {
  const { target, keep, leave } = useCardTarget(grid);
  const content = target && !hushed ? contentOf(target, year, today) : null;
  if (!target || !content) return null;
  const place = cardPlace(target.rect, { width: window.innerWidth, height: window.innerHeight });
  return createPortal(
    <div
      aria-hidden="true"
      onPointerEnter={keep}
      onPointerLeave={leave}
      style={{ ...place, width: CARD_WIDTH }}
      className="fixed z-30 animate-fade-in rounded-card bg-raised px-3 py-2.5 shadow-float"
    >
      {content}
    </div>,
    document.body,
  );
}
