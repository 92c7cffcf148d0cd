import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { RemoteChange } from "../../lib/providers/port";
import { transformCalendarObject } from "../../lib/providers/caldav/transform";
import { changesOf } from "../../lib/providers/google/pull/changes";
import { upsert, World } from "../../tests/support/event-world";

/*
 * Times as a provider writes them, through its own reading and the tables, to what a visitor sees. Clocks in New York go forward
 * on 8 March 2026: ten past two in the afternoon is 19:10 in UTC before, 18:10 after.
 */

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 1, 20) });
});
afterEach(() => {
  vi.useRealTimers();
});

const NEW_YORK = "America/New_York";
const WEEKLY = ["2026-03-04T19:10 Review", "2026-03-11T18:10 Review", "2026-03-18T18:10 Review"];

function fromGoogle(): RemoteChange[] {
  const at = (dateTime: string) => ({ dateTime, timeZone: NEW_YORK });
  const series = { id: "series", etag: '"1"', summary: "Review", start: at("2026-03-04T14:10:00-05:00"), end: at("2026-03-04T15:00:00-05:00"), recurrence: ["RRULE:FREQ=WEEKLY;COUNT=3"] };
  return changesOf({ kind: "events", items: [series], timeZone: "Europe/Berlin", next: { kind: "end", syncToken: "s" } }).changes;
}

function fromCalDav(tzid: string, ...definition: string[]): RemoteChange[] {
  const event = ["BEGIN:VEVENT", "UID:series", "DTSTAMP:20260101T000000Z", "SUMMARY:Review", `DTSTART;TZID=${tzid}:20260304T141000`, "DURATION:PT50M", "RRULE:FREQ=WEEKLY;COUNT=3", "END:VEVENT"];
  const object = transformCalendarObject(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Another client//EN", ...definition, ...event, "END:VCALENDAR", ""].join("\r\n"));
  if (object.kind !== "event") throw new Error(JSON.stringify(object));
  return [upsert("/series.ics", "1", ...object.events)];
}

async function seenIn(changes: RemoteChange[]) {
  const world = await World.make();
  await world.apply(changes);
  const details = await world.rows("eventDetails");
  return { titles: await world.titles("2026-03"), warnings: details.flatMap(({ warnings }) => warnings.map(({ code }) => code)) };
}

it("case 15: weekly at 14:10 in New York stays there when clocks change, from Google", async () => {
  expect(await seenIn(fromGoogle())).toEqual({ titles: WEEKLY, warnings: [] });
});

it("case 15: weekly at 14:10 in New York stays there when clocks change, from CalDAV", async () => {
  expect(await seenIn(fromCalDav(NEW_YORK))).toEqual({ titles: WEEKLY, warnings: [] });
});

it("case 17: a Windows zone in a calendar file is the zone that it means", async () => {
  expect(await seenIn(fromCalDav("Eastern Standard Time"))).toEqual({ titles: WEEKLY, warnings: [] });
});

it("case 17: a zone that somebody made up keeps its instant, with a warning", async () => {
  const offset = ["BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:-0517", "TZOFFSETTO:-0517", "END:STANDARD"];
  const definition = ["BEGIN:VTIMEZONE", "TZID:tzone://Microsoft/Custom", ...offset, "END:VTIMEZONE"];
  const { titles, warnings } = await seenIn(fromCalDav('"tzone://Microsoft/Custom"', ...definition));
  expect(titles[0]).toBe("2026-03-04T19:27 Review");
  expect(warnings).toContain("unknown_time_zone");
});
