import { api } from "../../convex/_generated/api";
import type { Id } from "../../convex/_generated/dataModel";
import type { Visitor } from "./visitor";

/** Tables in which a sync that found nothing new writes nothing. */
export const CONTENT = ["unifiedEvents", "eventDetails", "eventOccurrences", "providerEventMappings"] as const;

export async function calendarNamed(visitor: Visitor, name: string): Promise<Id<"calendars">> {
  const calendars = await visitor.client.query(api.calendars.list.list, {});
  const found = calendars.find((calendar) => calendar.name === name);
  if (!found) throw new Error(`There is no calendar ${name}`);
  return found.calendarId;
}

/** The visitor's one connection. */
export async function connectionOf(visitor: Visitor): Promise<Id<"providerConfigs">> {
  const [first] = await visitor.client.query(api.connections.list.list, {});
  if (!first) throw new Error("There is no connection");
  return first.connectionId;
}

/** Asks for a sync and waits for its end. */
export async function syncNow(visitor: Visitor): Promise<void> {
  const before = await visitor.client.query(api.connections.list.list, {});
  await visitor.client.mutation(api.connections.manage.syncNow, { connectionId: await connectionOf(visitor) });
  await visitor.until(
    api.connections.list.list,
    {},
    ([now]) => now !== undefined && !now.syncing && (now.lastSyncAt ?? 0) > (before[0]?.lastSyncAt ?? 0),
  );
}

/** An event of one hour, as another client writes it; `start` is what follows `DTSTART:`. */
export const eventOfAnotherClient = (uid: string, title: string, start: string): string =>
  `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Another client//EN\r\nBEGIN:VEVENT\r\nUID:${uid}\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:${start}\r\nDURATION:PT1H\r\nSUMMARY:${title}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`;

/** Waits until so many calendars are there, each read once. */
export async function calendarsRead(visitor: Visitor, count: number): Promise<void> {
  await visitor.until(api.calendars.states.list, {}, (states) => states.length === count && states.every((state) => state.phase === "synced"));
}
