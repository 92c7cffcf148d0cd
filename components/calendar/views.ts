/** What an engine can be asked to show. */
export const CALENDAR_VIEWS = ["year", "month", "week", "day", "list"] as const;

export type CalendarView = (typeof CALENDAR_VIEWS)[number];

/** The name of each view and the key that opens it. */
export const VIEW_LABELS: Record<CalendarView, { label: string; shortcut: string }> = {
  year: { label: "Year", shortcut: "y" },
  month: { label: "Month", shortcut: "m" },
  week: { label: "Week", shortcut: "w" },
  day: { label: "Day", shortcut: "d" },
  list: { label: "List", shortcut: "a" },
};
