"use client";

import { useMutation, useQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { useCallback, useMemo } from "react";
import { attempt } from "@/components/workspace/attempt";
import { api } from "@/convex/_generated/api";
import type { CalendarColor } from "./color/calendar-colors";
import { nearestColor } from "./color/nearest-color";

type CalendarRow = FunctionReturnType<typeof api.calendars.list.list>[number];

export type CalendarId = CalendarRow["calendarId"];

/** A calendar with the colour it has here. */
export interface Calendar extends Omit<CalendarRow, "color"> {
  color: CalendarColor;
}

export type CalendarState = FunctionReturnType<typeof api.calendars.states.list>[number];

/** All calendars of the signed-in person; undefined while loading. Rarely changes. */
export function useCalendars(): Calendar[] | undefined {
  const rows = useQuery(api.calendars.list.list, {});
  return useMemo(() => rows?.map((row) => ({ ...row, color: nearestColor(row.color, row.name) })), [rows]);
}

/** The moving part of each calendar; undefined while loading. Changes with every page of a sync. */
export function useCalendarStates(): ReadonlyMap<CalendarId, CalendarState> | undefined {
  const states = useQuery(api.calendars.states.list, {});
  return useMemo(() => states && new Map(states.map((state) => [state.calendarId, state])), [states]);
}

/** Shows or hides a calendar: at once here, then on the server. */
export function useSetVisible(): (calendarId: CalendarId, visible: boolean) => void {
  const setVisible = useMutation(api.calendars.settings.setVisible);
  return useCallback(
    (calendarId, visible) => {
      const change = setVisible.withOptimisticUpdate((store, args) => {
        const rows = store.getQuery(api.calendars.list.list, {});
        if (!rows) return;
        const changed = rows.map((row) => (row.calendarId === args.calendarId ? { ...row, visible: args.visible } : row));
        store.setQuery(api.calendars.list.list, {}, changed);
      });
      void attempt(change({ calendarId, visible }), visible ? "Not shown" : "Not hidden");
    },
    [setVisible],
  );
}
