import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { EventTime } from "../../lib/events/model";
import { daily, event, NOW, upsert, World, zoned } from "../../tests/support/event-world";

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("applying a page", () => {
  it("writes nothing the second time", async () => {
    const world = await World.make();
    const changes = [
      upsert("/a.ics", "1", event({ description: "Bring the plans" })),
      upsert("/b.ics", "1", event({ iCalUID: "uid-2", recurrence: daily(5) })),
      { kind: "unreadable" as const, remoteId: "/c.ics", etag: "1", reason: "no DTSTART" },
    ];
    expect(await world.apply(changes)).toEqual({ upserted: 2, unchanged: 0, deleted: 0, unreadable: 1 });
    const tables = ["unifiedEvents", "eventDetails", "eventOccurrences", "providerEventMappings", "syncTokens"] as const;
    const before = await Promise.all(tables.map((table) => world.rows(table)));
    vi.setSystemTime(NOW + 60_000);
    expect(await world.apply(changes)).toEqual({ upserted: 0, unchanged: 2, deleted: 0, unreadable: 1 });
    expect(await Promise.all(tables.map((table) => world.rows(table)))).toEqual(before);
    expect(before[1]).toHaveLength(1);
    expect(before[2]).toHaveLength(6);
  });

  it("keeps the event's id when its content changes", async () => {
    const world = await World.make();
    await world.apply([upsert("/a.ics", "1", event())]);
    const [before] = await world.rows("unifiedEvents");
    await world.apply([upsert("/a.ics", "2", event({ title: "Retro", start: zoned("2026-06-02T09:00:00"), end: zoned("2026-06-02T10:00:00") }))]);
    const after = await world.rows("unifiedEvents");
    expect(after).toHaveLength(1);
    expect(after[0]).toMatchObject({ _id: before?._id, title: "Retro" });
    expect(await world.titles("2026-06")).toEqual(["2026-06-02T07:00 Retro"]);
  });

  it("shows a moved exception at its new time and leaves a hole for a cancelled one", async () => {
    const world = await World.make();
    const moved = event({
      recurrenceId: zoned("2026-06-02T09:00:00"),
      title: "Stand-up, late",
      start: zoned("2026-06-02T15:00:00"),
      end: zoned("2026-06-02T15:30:00"),
    });
    const cancelled = event({ recurrenceId: zoned("2026-06-03T09:00:00"), status: "cancelled" });
    await world.apply([upsert("/a.ics", "1", event({ recurrence: daily(4) }), moved, cancelled)]);
    expect(await world.titles("2026-06")).toEqual([
      "2026-06-01T07:00 Stand-up",
      "2026-06-02T13:00 Stand-up, late",
      "2026-06-04T07:00 Stand-up",
    ]);
  });

  it("case 3: tells occurrences of one resource apart by their original start, however alike they are", async () => {
    const world = await World.make();
    const review = (day: string, title = "Review") =>
      event({ recurrenceId: zoned(`2026-06-${day}T09:00:00`), title, start: zoned("2026-06-04T15:00:00"), end: zoned("2026-06-04T15:30:00") });
    const series = event({ recurrence: daily(4) });
    await world.apply([upsert("/a.ics", "1", series, review("02"), review("03"))]);
    const regular = ["2026-06-01T07:00 Stand-up", "2026-06-04T07:00 Stand-up"];
    expect((await world.titles("2026-06")).sort()).toEqual([...regular, "2026-06-04T13:00 Review", "2026-06-04T13:00 Review"]);
    await world.apply([upsert("/a.ics", "2", series, review("02"), review("03", "Retro"))]);
    expect((await world.titles("2026-06")).sort()).toEqual([...regular, "2026-06-04T13:00 Retro", "2026-06-04T13:00 Review"]);
  });

  it("removes a deleted resource with all its occurrences", async () => {
    const world = await World.make();
    await world.apply([upsert("/a.ics", "1", event({ recurrence: daily(30), description: "Bring the plans" }))]);
    expect(await world.rows("eventOccurrences")).toHaveLength(30);
    await world.apply([{ kind: "deleted", remoteId: "/a.ics", occurrence: null }]);
    for (const table of ["unifiedEvents", "eventDetails", "eventOccurrences", "providerEventMappings"] as const) {
      expect(await world.rows(table)).toEqual([]);
    }
  });

  it("keeps what was stored when a new version cannot be read, and mends it when it can", async () => {
    const world = await World.make();
    await world.apply([upsert("/a.ics", "1", event())]);
    await world.apply([{ kind: "unreadable", remoteId: "/a.ics", etag: "2", reason: "Line 3 is broken" }]);
    expect(await world.titles("2026-06")).toEqual(["2026-06-01T07:00 Stand-up"]);
    expect(await world.rows("providerEventMappings")).toMatchObject([{ unreadableReason: "Line 3 is broken" }]);
    await world.apply([upsert("/a.ics", "3", event())]);
    expect(await world.rows("providerEventMappings")).toMatchObject([{ unreadableReason: null, etag: "3" }]);
  });

  it("changes nothing for a worker whose lease is over", async () => {
    const world = await World.make();
    const stale = { ...world.lease, leaseId: "lease-0" };
    expect(await world.apply([upsert("/a.ics", "1", event())], { lease: stale })).toBeNull();
    expect(await world.rows("unifiedEvents")).toEqual([]);
  });

  it("stores occurrences within the rolling window and computes the others on read", async () => {
    const world = await World.make();
    await world.apply([
      upsert("/a.ics", "1", event({
        start: zoned("2010-01-04T09:00:00"),
        end: zoned("2010-01-04T09:30:00"),
        recurrence: { rrules: ["FREQ=WEEKLY;BYDAY=MO"], rdates: [], exdates: [] },
      })),
    ]);
    const stored = await world.rows("eventOccurrences");
    expect(stored.length).toBeGreaterThan(150);
    expect(stored.length).toBeLessThan(160);
    expect(await world.titles("2026-06")).toHaveLength(5);
    expect(await world.titles("2012-10")).toHaveLength(5);
    expect(await world.titles("2031-03")).toEqual(
      ["03", "10", "17", "24", "31"].map((day) => `2031-03-${day}T${day === "31" ? "07" : "08"}:00 Stand-up`),
    );
  });

  it("expands a series with very many occurrences on read", async () => {
    const world = await World.make();
    await world.apply([
      upsert("/a.ics", "1", event({ recurrence: { rrules: ["FREQ=HOURLY"], rdates: [], exdates: [] } })),
    ]);
    expect(await world.rows("eventOccurrences")).toEqual([]);
    expect(await world.titles("2026-07")).toHaveLength(31 * 24);
  });

  it("shows every series of a far month, however many there are", async () => {
    const world = await World.make();
    const yearly = { rrules: ["FREQ=YEARLY"], rdates: [], exdates: [] };
    const changes = Array.from({ length: 90 }, (_, index) =>
      upsert(`/${index}.ics`, "1", event({ iCalUID: `uid-${index}`, title: `Birthday ${index}`, recurrence: yearly })),
    );
    await world.apply(changes.slice(0, 45));
    await world.apply(changes.slice(45));
    expect(await world.titles("2026-06")).toHaveLength(90);
    expect(await world.titles("2040-06")).toHaveLength(90);
  });

  it("shows an event that lasts for months in each of them", async () => {
    const world = await World.make();
    const date = (value: string): EventTime => ({ kind: "date", date: value });
    await world.apply([upsert("/a.ics", "1", event({ start: date("2026-02-10"), end: date("2026-08-20") }))]);
    for (const month of ["2026-02", "2026-05", "2026-08"]) expect(await world.titles(month)).toHaveLength(1);
    expect(await world.titles("2026-09")).toEqual([]);
  });

  it("shows nothing to anybody else", async () => {
    const world = await World.make();
    await world.apply([upsert("/a.ics", "1", event())]);
    expect(await world.titles("2026-06", "somebody-else")).toEqual([]);
  });
});
