"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { PlainDate } from "../../dates/plain-date";
import { type ActiveDay, standOn } from "../keys/move-day";
import { type EpochDay, toEpochDay } from "../layout/epoch-day";

interface Place {
  /** Where the calendar stands. */
  date: PlainDate;
  today: PlainDate;
  /** Counts how often today was asked for. */
  todayCalls: number;
  firstDay: number;
}

interface GridFocus {
  active: ActiveDay;
  /** Moves the tab stop, and with `focus` the keyboard as well. */
  moveTo: (next: ActiveDay, options: { focus: boolean }) => void;
}

/**
 * The tab stop of the grid: where the calendar stands until it is moved, and again once the
 * calendar moves. Asking for today brings the keyboard there.
 */
export function useActiveDay({ date, today, todayCalls, firstDay }: Place, cellOf: (day: EpochDay) => HTMLElement | null): GridFocus {
  const [state, setState] = useState(() => ({ date, todayCalls, active: standOn(toEpochDay(date), firstDay) }));
  if (state.todayCalls !== todayCalls) setState({ date, todayCalls, active: standOn(toEpochDay(today), firstDay) });
  else if (state.date !== date) setState({ date, todayCalls, active: standOn(toEpochDay(date), firstDay) });

  const isMoving = useRef(false);
  const answeredCalls = useRef(todayCalls);
  useEffect(() => {
    if (!isMoving.current && answeredCalls.current === todayCalls) return;
    const cell = cellOf(state.active.day);
    // On the way to another year; comes here again.
    if (cell === null) return;
    isMoving.current = false;
    answeredCalls.current = todayCalls;
    cell.focus();
  });

  const moveTo = useCallback<GridFocus["moveTo"]>(
    (active, { focus }) => {
      isMoving.current = focus;
      setState({ date, todayCalls, active });
    },
    [date, todayCalls],
  );
  return { active: state.active, moveTo };
}
