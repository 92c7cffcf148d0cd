import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { UnifiedEvent } from "../../lib/events/model";
import type { RemoteChange } from "../../lib/providers/port";
import { daily, event, NOW, upsert, World, zoned } from "../../tests/support/event-world";

/** As a provider has it whose exceptions are resources of their own. */
const exception = (day: string, fields: Partial<UnifiedEvent> = {}): RemoteChange => ({
  kind: "upsert",
  remoteId: `series_${day}`,
  seriesRemoteId: "series",
  etag: "1",
  iCalUID: "uid-1",
  events: [event({ recurrenceId: zoned(`2026-06-${day}T09:00:00`), title: `Moved from ${day}`, ...fields })],
});
const hole = (day: string): RemoteChange => ({
  kind: "deleted",
  remoteId: `series_${day}`,
  occurrence: { seriesRemoteId: "series", recurrenceId: zoned(`2026-06-${day}T09:00:00`) },
});
const master = (etag = "1", fields: Partial<UnifiedEvent> = {}) => upsert("series", etag, event({ recurrence: daily(4), ...fields }));
const gone = (remoteId: string): RemoteChange => ({ kind: "deleted", remoteId, occurrence: null });
const at = (day: string, hour: string) => ({ start: zoned(`2026-06-${day}T${hour}:00:00`), end: zoned(`2026-06-${day}T${hour}:30:00`) });

const WHOLE = ["01", "02", "03", "04"].map((day) => `2026-06-${day}T07:00 Stand-up`);
const MOVED = [WHOLE[0], "2026-06-02T13:00 Moved from 02", WHOLE[2], WHOLE[3]];

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("exceptions that are resources of their own", () => {
  const orders: [string, RemoteChange[][]][] = [
    ["after their series", [[master()], [exception("02", at("02", "15"))]]],
    ["before their series", [[exception("02", at("02", "15"))], [master()]]],
    ["in one page with their series", [[exception("02", at("02", "15")), master()]]],
  ];
  it.each(orders)("take the place of their occurrence when they come %s", async (_, pages) => {
    const world = await World.make();
    for (const page of pages) await world.apply(page);
    expect(await world.titles("2026-06")).toEqual(MOVED);
    expect(await world.rows("providerEventMappings")).toHaveLength(2);
  });

  it("case 3: are told apart by series and original start, however alike they are", async () => {
    const world = await World.make();
    const alike = { ...at("04", "15"), title: "Review" };
    await world.apply([master(), exception("02", alike), exception("03", alike)]);
    expect(await world.titles("2026-06")).toEqual([WHOLE[0], WHOLE[3], "2026-06-04T13:00 Review", "2026-06-04T13:00 Review"]);
    const ids = new Map((await world.rows("unifiedEvents")).map((row) => [row.recurrenceKey, row._id]));
    await world.apply([exception("03", { ...alike, title: "Retro" })]);
    expect(await world.titles("2026-06")).toEqual([WHOLE[0], WHOLE[3], "2026-06-04T13:00 Review", "2026-06-04T13:00 Retro"]);
    expect(new Map((await world.rows("unifiedEvents")).map((row) => [row.recurrenceKey, row._id]))).toEqual(ids);
  });

  it("stay when only their series changes, and keep their ids", async () => {
    const world = await World.make();
    await world.apply([master(), exception("02", at("02", "15"))]);
    const ids = (await world.rows("unifiedEvents")).map((row) => row._id);
    await world.apply([master("2", { title: "Daily" })]);
    expect(await world.titles("2026-06")).toEqual(MOVED.map((line) => line?.replace("Stand-up", "Daily")));
    expect((await world.rows("unifiedEvents")).map((row) => row._id)).toEqual(ids);
  });

  it("write nothing the second time", async () => {
    const world = await World.make();
    const page = [master(), exception("02", at("02", "15")), hole("03")];
    await world.apply(page);
    const tables = ["unifiedEvents", "eventDetails", "eventOccurrences", "providerEventMappings"] as const;
    const before = await Promise.all(tables.map((table) => world.rows(table)));
    expect(await world.apply(page)).toEqual({ upserted: 0, unchanged: 3, deleted: 0, unreadable: 0 });
    expect(await Promise.all(tables.map((table) => world.rows(table)))).toEqual(before);
  });

  it("case 14: that instance alone goes when a moved exception is cancelled with no more than its ids and its original start", async () => {
    const world = await World.make();
    await world.apply([master(), exception("02", at("05", "15"))]);
    expect(await world.apply([hole("02")])).toMatchObject({ deleted: 1 });
    expect(await world.titles("2026-06")).toEqual([WHOLE[0], WHOLE[2], WHOLE[3]]);
    await world.apply([exception("02", at("02", "15"))]);
    expect(await world.titles("2026-06")).toEqual(MOVED);
  });

  it("leave the plain occurrence behind when a complete listing no longer has them", async () => {
    const world = await World.make();
    await world.apply([master(), exception("02", at("02", "15"))]);
    await world.apply([gone("series_02")], { deletionsConcluded: true });
    expect(await world.titles("2026-06")).toEqual(WHOLE);
  });

  it("go with a series whose deletion is reported, with them or without", async () => {
    const world = await World.make();
    await world.apply([master(), exception("02"), hole("03")]);
    await world.apply([hole("02"), gone("series"), hole("03")]);
    await world.apply([hole("02")]);
    for (const table of ["unifiedEvents", "eventDetails", "eventOccurrences", "providerEventMappings"] as const) expect(await world.rows(table)).toEqual([]);
  });

  it("stay when somebody leaves the series for one occurrence of it", async () => {
    const world = await World.make();
    await world.apply([master()]);
    await world.apply([exception("02", at("02", "15")), gone("series")]);
    expect(await world.titles("2026-06")).toEqual(["2026-06-02T13:00 Moved from 02"]);
  });

  it("leave their hole also where a complete listing has it before the series", async () => {
    const world = await World.make();
    await world.apply([hole("02")], { full: true });
    await world.apply([master()], { full: true });
    expect(await world.titles("2026-06")).toEqual([WHOLE[0], WHOLE[2], WHOLE[3]]);
  });

  it("leave their hole also where the series follows in a later page of what changed", async () => {
    const world = await World.make();
    await world.applyQuietly([hole("02"), hole("04")], { full: false, deletionsConcluded: false, ends: false });
    await world.apply([master()]);
    expect(await world.titles("2026-06")).toEqual([WHOLE[0], WHOLE[2]]);
  });

  it("leave nothing when what changed holds their hole and not their series", async () => {
    const world = await World.make();
    await world.apply([hole("02")]);
    expect(await world.rows("providerEventMappings")).toEqual([]);
    await world.apply([hole("02"), exception("03", at("03", "15"))]);
    await world.apply([hole("04")]);
    expect(await world.titles("2026-06")).toEqual(["2026-06-03T13:00 Moved from 03"]);
  });

  it("stay by themselves when a complete listing has them and not their series", async () => {
    const world = await World.make();
    await world.apply([master(), exception("02", at("02", "15"))]);
    await world.apply([gone("series")], { deletionsConcluded: true });
    expect(await world.titles("2026-06")).toEqual(["2026-06-02T13:00 Moved from 02"]);
    await world.apply([gone("series_02")], { deletionsConcluded: true });
    for (const table of ["unifiedEvents", "eventDetails", "eventOccurrences", "providerEventMappings"] as const) expect(await world.rows(table)).toEqual([]);
  });
});
