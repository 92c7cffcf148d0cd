import type { CalendarColor } from "@/components/calendar/color/calendar-colors";

/** A bar of the picture: days of the year counted from zero. */
export interface PictureEvent {
  from: number;
  days: number;
  color: CalendarColor;
}

/** What fills a life: how often in the year, for how long, and whether it keeps to weekends. */
const RHYTHMS: readonly { color: CalendarColor; everyDays: number; days: readonly number[]; weekendOnly?: boolean }[] = [
  { color: "violet", everyDays: 31, days: [19, 12, 22, 16, 9, 18] },
  { color: "ochre", everyDays: 61, days: [6, 9, 4, 38, 5, 7] },
  { color: "orange", everyDays: 40, days: [3, 8, 2, 11, 4] },
  { color: "teal", everyDays: 26, days: [3, 5, 2, 4] },
  { color: "cobalt", everyDays: 6, days: [1, 2, 1, 1, 4, 1, 2] },
  { color: "green", everyDays: 11, days: [1, 1, 2, 1] },
  { color: "tomato", everyDays: 14, days: [1, 2], weekendOnly: true },
  { color: "sky", everyDays: 15, days: [1, 1, 2] },
  { color: "pink", everyDays: 19, days: [1] },
  { color: "stone", everyDays: 33, days: [1, 1, 2] },
];

/** A small generator of numbers in [0, 1): the same seed gives the same picture. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** One invented life's year, always the same for a given year. `firstWeekday` is that of 1 January, Monday = 0. */
export function pictureEvents(firstWeekday: number): PictureEvent[] {
  const next = sequence(7);
  return RHYTHMS.flatMap(({ color, everyDays, days, weekendOnly }) => {
    const events: PictureEvent[] = [];
    let from = Math.floor(next() * Math.min(everyDays, 14));
    for (let turn = 0; from < 365; turn++) {
      const length = days[turn % days.length] ?? 1;
      const weekday = (from + firstWeekday) % 7;
      const start = weekendOnly ? from - weekday + 5 + Math.floor(next() * 2) : from;
      events.push({ from: start, days: length, color });
      // Weekends come every seven days; all else a little sooner or later.
      from += weekendOnly ? everyDays : Math.max(length + 1, Math.round(everyDays * (0.65 + next() * 0.7)));
    }
    return events;
  });
}
