import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { googleSet } from "./google";
import { graphSet } from "./graph";

let folder: string;
beforeEach(async () => { folder = await mkdtemp(path.join(tmpdir(), "corpora-")); });
afterEach(async () => { await rm(folder, { recursive: true }); });

const put = (name: string, json: unknown) => writeFile(path.join(folder, name), JSON.stringify(json));

const google = {
  kind: "calendar#event", id: "abc", status: "confirmed", summary: "Review", start: { dateTime: "2026-08-03T10:00:00+02:00", timeZone: "Europe/Amsterdam" }, end: { dateTime: "2026-08-03T11:00:00+02:00", timeZone: "Europe/Amsterdam" },
};
const graph = { id: "A", type: "singleInstance", subject: "Review", start: { dateTime: "2026-08-04T12:00:00.0000000", timeZone: "UTC" }, end: { dateTime: "2026-08-04T13:00:00.0000000", timeZone: "UTC" } };

describe("outside events of Google", () => {
  it("are found wherever they are, and counted", async () => {
    await put("index.json", [google]);
    await put("list.json", { kind: "calendar#events", items: [google, { id: "x", status: "cancelled" }], defaultReminders: [] });
    await put("nested.json", [{ payload: { items: [{ id: "y", start: { date: "2026-08-03" }, end: { date: "2026-08-04" } }] } }]);
    expect(await googleSet(folder)).toMatchObject({ name: "google", cases: 3, passed: 3, failed: [], crashes: 0 });
  });

  it("that do not come back are named with what is lost", async () => {
    await put("bad.json", [{ ...google, start: { dateTime: "never" } }, { ...google, attendees: [{ email: "a@example.com", responseStatus: "perhaps" }] }, { ...google, recurrence: ["RRULE:FREQ=DAILY", "X-NEW:1"] }]);
    const { passed, failed } = await googleSet(folder);
    expect(passed).toBe(0);
    expect(failed.map((each) => [each.case, each.reason.split(":")[0]])).toEqual([
      ["bad.json[0]", "Its “start” is not a date or time."], ["bad.json[1]", "attendees"], ["bad.json[2]", "recurrence"],
    ]);
  });
});

describe("outside events of Graph", () => {
  it("are found among other things that have a start and an end", async () => {
    await put("delta.json", { value: [graph, { id: "B", "@removed": { reason: "deleted" } }, { id: "C", type: "occurrence", seriesMasterId: "M", start: graph.start, end: graph.end }] });
    await put("times.json", { timeslots: [{ start: graph.start, end: graph.end }] });
    expect(await graphSet(folder)).toMatchObject({ name: "graph", cases: 3, passed: 3, failed: [], crashes: 0 });
  });

  it("that do not come back are named with what is lost", async () => {
    const recurrence = { pattern: { type: "hourly", interval: 1 }, range: { type: "noEnd", startDate: "2026-08-04" } };
    await put("bad.json", [{ ...graph, recurrence }, { ...graph, showAs: "sleeping" }, { ...graph, end: { dateTime: "x" } }]);
    const { passed, failed } = await graphSet(folder);
    expect([passed, failed.map(({ reason }) => reason.split(":")[0])]).toEqual([0, ["recurrence", "showAs", "Its “end” is not a date and time."]]);
  });
});
