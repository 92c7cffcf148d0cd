"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { addMonths, type PlainDate, startOfMonth, toUtc } from "@/components/calendar/dates/plain-date";
import { visibleRange } from "@/components/calendar/dates/visible-range";
import { useCalendarUrl } from "@/components/calendar/url-state";
import { useToday } from "@/components/time/use-today";
import { useViewer } from "@/components/time/viewer-context";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { useScreen } from "@/components/ui/use-screen";
import { dayByKey, type MiniDay, miniMonthWeeks } from "./mini-month-days";

function format(date: PlainDate, locale: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale, { timeZone: "UTC", ...options }).format(toUtc(date));
}

/** A month to find one's place in; a day opens the calendar there. One tab stop, arrows move. */
export function MiniMonth() {
  const { locale, firstDay } = useViewer();
  const today = useToday();
  const narrow = useScreen("phone");
  const onCalendar = usePathname() === "/calendar";
  const router = useRouter();
  const [{ view, date: urlDate }, setUrl] = useCalendarUrl();
  const date = (onCalendar ? urlDate : null) ?? today;

  // The month follows the calendar, and can be turned without it.
  const [shown, setShown] = useState({ of: date, focus: date });
  if (shown.of !== date) setShown({ of: date, focus: date });
  const [isMoving, setMoving] = useState(false);
  const grid = useRef<HTMLTableElement>(null);

  useEffect(() => {
    if (isMoving) grid.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }, [isMoving, shown.focus]);

  const range = onCalendar ? visibleRange(view, date, { firstDay, narrow }) : null;
  const weeks = miniMonthWeeks(shown.focus, { firstDay, today, range: view === "month" || view === "year" ? null : range });
  const title = format(shown.focus, locale, { month: "long", year: "numeric" });

  function turn(months: 1 | -1) {
    setMoving(false);
    setShown({ of: date, focus: startOfMonth(addMonths(shown.focus, months)) });
  }

  function open(day: PlainDate) {
    if (onCalendar) void setUrl({ date: day === today ? null : day });
    else router.push(`/calendar?date=${day}`);
  }

  function move(event: KeyboardEvent) {
    const next = dayByKey(event.key, shown.focus, firstDay);
    if (next === null) return;
    event.preventDefault();
    setMoving(true);
    setShown({ of: date, focus: next });
  }

  return (
    <section aria-label={title} className="border-t border-line px-2 pt-3 pb-2 narrow:hidden">
      <div className="mb-1 flex h-6 items-center pl-2 font-medium">
        <span className="flex-1" aria-live="polite">
          {title}
        </span>
        <Button variant="quiet" size="small" icon aria-label="Previous month" onClick={() => turn(-1)}>
          <ChevronLeft aria-hidden="true" />
        </Button>
        <Button variant="quiet" size="small" icon aria-label="Next month" onClick={() => turn(1)}>
          <ChevronRight aria-hidden="true" />
        </Button>
      </div>
      <table ref={grid} role="grid" aria-label={title} className="w-full table-fixed text-center text-11 tabular-nums" onKeyDown={move} onBlur={() => setMoving(false)}>
        <thead>
          <tr>
            {weeks[0]?.map(({ date: day }) => (
              <th key={day} scope="col" abbr={format(day, locale, { weekday: "long" })} className="h-5 font-normal text-fg-3">
                {format(day, locale, { weekday: "narrow" })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]?.date}>
              {week.map((day) => (
                <td key={day.date} className={cn("h-6 p-0", day.isInRange && "bg-active")}>
                  <DayButton day={day} label={format(day.date, locale, { dateStyle: "full" })} isStop={day.date === shown.focus} onOpen={open} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface DayButtonProps {
  day: MiniDay;
  label: string;
  isStop: boolean;
  onOpen: (date: PlainDate) => void;
}

function DayButton({ day, label, isStop, onOpen }: DayButtonProps) {
  return (
    <button
      type="button"
      tabIndex={isStop ? 0 : -1}
      aria-label={label}
      aria-current={day.isToday ? "date" : undefined}
      onClick={() => onOpen(day.date)}
      className={cn(
        "h-6 w-full rounded-chip leading-6",
        day.isToday ? "font-semibold text-on-accent" : "hover:bg-hover",
        day.isOutside && !day.isToday && "text-fg-3",
      )}
    >
      {day.isToday ? <span className="mx-auto block size-5 rounded-full bg-accent leading-5">{Number(day.date.slice(8))}</span> : Number(day.date.slice(8))}
    </button>
  );
}
