import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { api } from "../_generated/api";
import { rowsOf } from "../../lib/events/columns";
import type { EventTime } from "../../lib/events/model";
import type { RemoteChange } from "../../lib/providers/port";
import { daily, event, NOW, upsert, World, zoned } from "../../tests/support/event-world";

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

const date = (value: string): EventTime => ({ kind: "date", date: value });
const utc = (local: string): EventTime => ({ kind: "zoned", local, timeZone: "UTC" });
const floating = (local: string): EventTime => ({ kind: "floating", local });
const lasting = (start: EventTime, end: EventTime, title = "Trip") => upsert(`/${title}.ics`, "1", event({ iCalUID: title, title, start, end }));

async function monthsOf(changes: RemoteChange[], months: readonly string[]) {
  const world = await World.make();
  await world.apply(changes);
  const shown: string[] = [];
  for (const month of months) if ((await world.titles(month)).length > 0) shown.push(month);
  return shown;
}

describe("a tile has what overlaps its month", () => {
  const MONTHS = ["2026-04", "2026-05", "2026-06", "2026-07", "2026-08", "2026-09"];
  it.each<[string, EventTime, EventTime, string[]]>([
    ["within a month", utc("2026-06-10T09:00:00"), utc("2026-06-10T10:00:00"), ["2026-06"]],
    ["from a month's first instant to its last", utc("2026-06-01T00:00:00"), utc("2026-07-01T00:00:00"), ["2026-06"]],
    ["a second longer than its month", utc("2026-06-30T22:00:00"), utc("2026-07-01T00:00:01"), ["2026-06", "2026-07"]],
    ["without length on the border", utc("2026-07-01T00:00:00"), utc("2026-07-01T00:00:00"), ["2026-07"]],
    ["a day and its night", date("2026-06-30"), date("2026-07-01"), ["2026-06"]],
    ["days across the border", date("2026-06-29"), date("2026-07-03"), ["2026-06", "2026-07"]],
    ["two whole months", date("2026-06-01"), date("2026-08-01"), ["2026-06", "2026-07"]],
    ["a whole month and both its neighbours", date("2026-06-30"), date("2026-08-02"), ["2026-06", "2026-07", "2026-08"]],
    ["many months", date("2025-02-10"), date("2026-08-20"), ["2026-04", "2026-05", "2026-06", "2026-07", "2026-08"]],
    ["floating, across the border", floating("2026-06-30T23:00:00"), floating("2026-07-01T01:00:00"), ["2026-06", "2026-07"]],
    // Midnight in Berlin is two hours before that of UTC, in Auckland twelve.
    ["the first of July in Berlin", zoned("2026-07-01T00:00:00"), zoned("2026-07-01T03:00:00"), ["2026-06", "2026-07"]],
    ["the first morning of July in Auckland", { kind: "zoned", local: "2026-07-01T09:00:00", timeZone: "Pacific/Auckland" }, { kind: "zoned", local: "2026-07-01T11:00:00", timeZone: "Pacific/Auckland" }, ["2026-06"]],
    ["the last evening of June in Honolulu", { kind: "zoned", local: "2026-06-30T20:00:00", timeZone: "Pacific/Honolulu" }, { kind: "zoned", local: "2026-06-30T21:00:00", timeZone: "Pacific/Honolulu" }, ["2026-07"]],
  ])("%s", async (_, start, end, months) => {
    expect(await monthsOf([lasting(start, end)], MONTHS)).toEqual(months);
  });

  it("of a series whose occurrences last into the next month", async () => {
    const world = await World.make();
    const monthly = { rrules: ["FREQ=MONTHLY;COUNT=3"], rdates: [], exdates: [] };
    await world.apply([upsert("/a.ics", "1", event({ start: date("2026-06-28"), end: date("2026-07-03"), recurrence: monthly }))]);
    expect(await world.titles("2026-06")).toEqual(["2026-06-28T00:00 Stand-up"]);
    expect(await world.titles("2026-07")).toEqual(["2026-06-28T00:00 Stand-up", "2026-07-28T00:00 Stand-up"]);
    expect(await world.titles("2026-09")).toEqual(["2026-08-28T00:00 Stand-up"]);
  });

  it("however many go on into it, and through it", async () => {
    const world = await World.make();
    const many = Array.from({ length: 240 }, (_, index) =>
      index % 2 === 0
        ? lasting(date("2026-05-20"), date("2026-06-05"), `Into ${index}`)
        : lasting(date("2026-04-20"), date("2027-06-05"), `Through ${index}`),
    );
    for (let from = 0; from < many.length; from += 40) await world.apply(many.slice(from, from + 40));
    expect(await world.titles("2026-06")).toHaveLength(240);
    expect(await world.titles("2026-07")).toHaveLength(120);
  });
});

describe("what a tile draws", () => {
  const shownIn = async (world: World) => rowsOf((await world.viewer().query(api.events.tiles.month, { calendarId: world.calendarId, month: "2026-06", cursor: null })).occurrences);

  it("of a single event follows each change of it", async () => {
    const world = await World.make();
    await world.apply([upsert("/a.ics", "1", event())]);
    await world.apply([upsert("/a.ics", "2", event({ title: "Retro", location: "Room 4", status: "tentative", transparency: "transparent" }))]);
    expect(await shownIn(world)).toMatchObject([{ title: "Retro", location: "Room 4", status: "tentative", transparency: "transparent" }]);
  });

  it("places days and floating times by the wall, and all else by its instants", async () => {
    const world = await World.make();
    const times = [
      { start: utc("2026-06-01T09:00:00"), end: utc("2026-06-01T10:00:00") },
      { start: date("2026-06-02"), end: date("2026-06-03") },
      { start: floating("2026-06-03T09:00:00"), end: floating("2026-06-03T10:00:00") },
      { start: zoned("2026-06-04T09:00:00"), end: zoned("2026-06-04T09:30:00"), recurrence: daily(1) },
    ];
    await world.apply(times.map((fields, index) => upsert(`/${index}.ics`, "1", event({ iCalUID: `e${index}`, ...fields }))));
    expect(await shownIn(world)).toMatchObject([
      { kind: "zoned", recurring: false, startAt: Date.UTC(2026, 5, 1, 9), endAt: Date.UTC(2026, 5, 1, 10), location: null, status: "confirmed", transparency: "opaque" },
      { kind: "date", recurring: false, startAt: Date.UTC(2026, 5, 2), endAt: Date.UTC(2026, 5, 3) },
      { kind: "floating", recurring: false, startAt: Date.UTC(2026, 5, 3, 9), endAt: Date.UTC(2026, 5, 3, 10) },
      { kind: "zoned", recurring: true, startAt: Date.UTC(2026, 5, 4, 7), endAt: Date.UTC(2026, 5, 4, 7, 30) },
    ]);
  });

  it("of a series and its exceptions follows each change of theirs", async () => {
    const world = await World.make();
    const moved = (title: string) => event({ recurrenceId: zoned("2026-06-02T09:00:00"), title, start: zoned("2026-06-02T15:00:00"), end: zoned("2026-06-02T15:30:00") });
    await world.apply([upsert("/a.ics", "1", event({ recurrence: daily(3) }), moved("Late"))]);
    await world.apply([upsert("/a.ics", "2", event({ title: "Daily", recurrence: daily(3) }), moved("Later"))]);
    expect((await shownIn(world)).map(({ title }) => title)).toEqual(["Daily", "Later", "Daily"]);
  });

  it("of a series is written once, however many occurrences it has", async () => {
    const world = await World.make();
    await world.apply([upsert("/a.ics", "1", event({ recurrence: daily(300) }))]);
    const before = await world.rows("eventOccurrences");
    await world.apply([upsert("/a.ics", "2", event({ title: "Daily", recurrence: daily(300) }))]);
    expect(await world.rows("eventOccurrences")).toEqual(before);
    expect(new Set((await shownIn(world)).map(({ title }) => title))).toEqual(new Set(["Daily"]));
  });

  it("of a deleted event is gone with it, before anything else happens", async () => {
    const world = await World.make();
    await world.apply([upsert("/a.ics", "1", event())]);
    await world.applyQuietly([{ kind: "deleted", remoteId: "/a.ics", occurrence: null }], { deletionsConcluded: false, full: false, ends: true });
    expect(await shownIn(world)).toEqual([]);
  });

  it("follows an event that becomes a series, and one that ceases to be", async () => {
    const world = await World.make();
    await world.apply([upsert("/a.ics", "1", event())]);
    await world.apply([upsert("/a.ics", "2", event({ recurrence: daily(3) }))]);
    expect(await world.titles("2026-06")).toHaveLength(3);
    await world.apply([upsert("/a.ics", "3", event({ title: "Once" }))]);
    expect(await world.titles("2026-06")).toEqual(["2026-06-01T07:00 Once"]);
    expect(await world.rows("eventOccurrences")).toHaveLength(1);
  });
});
