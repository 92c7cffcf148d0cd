/** The ten colours that calendars have here; each is tuned to pass contrast in both themes. */
export const CALENDAR_COLORS = [
  "tomato",
  "orange",
  "ochre",
  "green",
  "teal",
  "sky",
  "cobalt",
  "violet",
  "pink",
  "stone",
] as const;

/** The value of `data-cal`. */
export type CalendarColor = (typeof CALENDAR_COLORS)[number];
