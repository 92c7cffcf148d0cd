import { describe, expect, it } from "vitest";
import { changesOf } from "./changes";

const page = (items: unknown[], timeZone: string | null = "Europe/Berlin") => ({ kind: "events" as const, items, timeZone, next: { kind: "end" as const, syncToken: "s" } });
const day = { start: { date: "2026-03-10" }, end: { date: "2026-03-11" } };

describe("the items of a page", () => {
  it("that cannot be read are named, and spoil no other", () => {
    const { changes, alive, nameless } = changesOf(page([{ id: "a", etag: '"1"', start: "soon" }, { id: "b", etag: '"2"', ...day }]));
    expect(changes).toMatchObject([
      { kind: "unreadable", remoteId: "a", etag: '"1"', reason: expect.stringContaining("start") },
      { kind: "upsert", remoteId: "b", etag: '"2"', seriesRemoteId: null },
    ]);
    expect([alive, nameless]).toEqual([2, false]);
  });

  it("cannot reach what every object has", () => {
    const item: unknown = JSON.parse(`{"id": "a", "__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}, "start": {"date": "2026-03-10", "__proto__": {"polluted": true}}, "end": {"date": "2026-03-11"}}`);
    expect(changesOf(page([item])).changes).toMatchObject([{ kind: "upsert", remoteId: "a" }]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it("that have no id are reported all the same, since nobody knows which event they are", () => {
    const { changes, nameless } = changesOf(page([null, "event", { summary: "x" }, { id: "b", ...day }]));
    expect(changes.map(({ kind, remoteId }) => `${kind} ${remoteId}`)).toEqual(["unreadable (no id)", "unreadable (no id)", "unreadable (no id)", "upsert b"]);
    expect(nameless).toBe(true);
  });

  it("are gone as a whole, or as one occurrence of a series", () => {
    const original = { recurringEventId: "s", originalStartTime: { dateTime: "2026-03-10T09:00:00+01:00", timeZone: "Europe/Berlin" } };
    expect(changesOf(page([{ id: "a", status: "cancelled" }, { id: "s_20260310T080000Z", status: "cancelled", ...original }]))).toMatchObject({
      alive: 0,
      changes: [
        { kind: "deleted", remoteId: "a", occurrence: null },
        { kind: "deleted", remoteId: "s_20260310T080000Z", occurrence: { seriesRemoteId: "s", recurrenceId: { kind: "zoned", local: "2026-03-10T09:00:00", timeZone: "Europe/Berlin" } } },
      ],
    });
  });

  it("without a zone of their own are in the calendar's, where Google names one that exists", () => {
    const timed = { id: "a", start: { dateTime: "2026-03-10T09:00:00Z" }, end: { dateTime: "2026-03-10T10:00:00Z" } };
    const startIn = (timeZone: string | null) => {
      const [change] = changesOf(page([timed], timeZone)).changes;
      return change?.kind === "upsert" ? change.events[0]?.start : undefined;
    };
    expect(startIn("Asia/Tokyo")).toEqual({ kind: "zoned", local: "2026-03-10T18:00:00", timeZone: "Asia/Tokyo" });
    expect(startIn("Mars/Base")).toEqual({ kind: "zoned", local: "2026-03-10T09:00:00", timeZone: "UTC" });
  });
});
