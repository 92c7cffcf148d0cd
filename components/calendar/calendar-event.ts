import type { Calendar } from "./calendars";
import type { TileOccurrence } from "./tiles/use-tiles";

/** One occurrence as every engine gets it: with its calendar and the colour of that. */
export interface CalendarEvent extends TileOccurrence {
  calendarId: Calendar["calendarId"];
  calendarName: string;
  color: Calendar["color"];
}

/** The events of several tiles: an occurrence that two months share appears once. */
export function eventsOf(
  tiles: readonly { tile: { calendarId: Calendar["calendarId"] }; occurrences: readonly (readonly TileOccurrence[])[] }[],
  calendars: readonly Calendar[],
): CalendarEvent[] {
  const byId = new Map(calendars.map((calendar) => [calendar.calendarId, calendar]));
  const events = new Map<string, CalendarEvent>();
  for (const { tile, occurrences } of tiles) {
    const calendar = byId.get(tile.calendarId);
    if (!calendar) continue;
    for (const occurrence of occurrences.flat()) {
      events.set(occurrence.occurrenceKey, {
        ...occurrence,
        calendarId: calendar.calendarId,
        calendarName: calendar.name,
        color: calendar.color,
      });
    }
  }
  return [...events.values()];
}
