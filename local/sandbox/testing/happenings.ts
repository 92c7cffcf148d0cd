import fc from "fast-check";
import type { Event, GoogleDesk } from "../google/desk";
import { NORA } from "./empty-world";

/** What a person does at Google; numbers choose among what is there. */
export const happening = fc.oneof(
  fc.record({ do: fc.constant("add" as const), kind: fc.constantFrom("timed", "allDay", "series", "allDaySeries"), day: fc.nat(27) }),
  fc.record({ do: fc.constantFrom("rename" as const, "move" as const, "remove" as const, "split" as const, "restore" as const), which: fc.nat(), day: fc.nat(27) }),
  fc.record({ do: fc.constantFrom("moveInstance" as const, "removeInstance" as const, "restoreInstance" as const), which: fc.nat(), instance: fc.nat(5), day: fc.nat(27) }),
);
export type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

const date = (day: number) => `2026-06-${String(day + 1).padStart(2, "0")}`;
const next = (day: number) => new Date(Date.UTC(2026, 5, day + 2)).toISOString().slice(0, 10);
const timed = (day: number): Event => ({ start: { dateTime: `${date(day)}T09:00:00`, timeZone: NORA.timeZone }, end: { dateTime: `${date(day)}T10:00:00`, timeZone: NORA.timeZone } });
const allDay = (day: number): Event => ({ start: { date: date(day) }, end: { date: next(day) } });
const RULE = "RRULE:FREQ=DAILY;COUNT=6";

/**
 * Does it in a calendar, in June 2026, or does nothing where there is nothing to do it to. `count` is in every title that
 * this writes, so that an older version of an event can be told from a newer one.
 */
export function happen(desk: GoogleDesk, calendar: string, each: Happening, count: number): void {
  const all = desk.stored(calendar);
  const alive = all.filter(({ status }) => status !== "cancelled");
  if (each.do === "add") {
    const body = each.kind.startsWith("allDay") ? allDay(each.day) : timed(each.day);
    desk.addEvent(calendar, { summary: `Event ${count}`, ...body, ...(/series$/i.test(each.kind) ? { recurrence: [RULE] } : {}) });
    return;
  }
  const pool = each.do === "restore" ? all.filter(({ status, recurringEventId }) => status === "cancelled" && recurringEventId === undefined) : alive;
  const isInstance = "instance" in each;
  const chosen = isInstance || each.do === "split" ? pool.filter(({ recurrence }) => recurrence !== undefined) : pool;
  const event = chosen[each.which % Math.max(1, chosen.length)];
  if (event?.id == null) return;
  const isAllDay = event.start?.date !== undefined;
  const place = isAllDay ? allDay(each.day) : timed(each.day);
  if (isInstance) {
    const start = event.start?.dateTime ?? event.start?.date ?? "";
    const at = new Date(Date.parse(start) + each.instance * 86_400_000).toISOString();
    const id = `${event.id}_${isAllDay ? at.slice(0, 10).replaceAll("-", "") : `${at.slice(0, 19).replace(/[-:]/g, "")}Z`}`;
    quietly(() => {
      if (each.do === "removeInstance") desk.deleteEvent(calendar, id);
      else desk.changeEvent(calendar, id, each.do === "moveInstance" ? { summary: `Moved ${count}`, ...place } : { status: "confirmed" });
    });
    return;
  }
  const { id } = event;
  quietly(() => {
    if (each.do === "rename") desk.changeEvent(calendar, id, { summary: `Renamed ${count}` });
    if (each.do === "move") desk.changeEvent(calendar, id, place);
    if (each.do === "remove") desk.deleteEvent(calendar, id);
    if (each.do === "restore") desk.changeEvent(calendar, id, { status: "confirmed" });
    if (each.do === "split") {
      desk.changeEvent(calendar, id, { recurrence: ["RRULE:FREQ=DAILY;COUNT=3"] });
      desk.addEvent(calendar, { summary: `Rest ${count}`, ...place, recurrence: [RULE] });
    }
  });
}

/** An occurrence that the series does not have, or something gone already: Google refuses it, and nothing happens. */
function quietly(work: () => void): void {
  try {
    work();
  } catch {
    return;
  }
}
