import { describe, expect, it } from "vitest";
import type { GoogleDesk, Event } from "../../../../local/sandbox/google/desk";
import type { Sandbox } from "../../../../local/sandbox/sandbox";
import type { RemoteChange } from "../../port";
import { knownAfter, type Pull, pullAll } from "../../testing/collect";
import { knownOf } from "../../testing/known";
import { type CountedProvider, sandboxAccountPerTest, type SandboxAccount } from "../testing/sandbox-account";
import { readsOf } from "../testing/scripted-google";

let account: SandboxAccount;
let sandbox: Sandbox;
let provider: CountedProvider;
let desk: GoogleDesk;
let known: Map<string, string>;
let cursor: string | null;
sandboxAccountPerTest((given) => {
  account = given;
  ({ sandbox, provider } = given);
  desk = sandbox.control.google;
  known = new Map();
  cursor = null;
});

const BERLIN = "Europe/Berlin";
const timed = (start: string, end: string, timeZone = BERLIN): Event => ({ start: { dateTime: start, timeZone }, end: { dateTime: end, timeZone } });
const add = (body: Event): string => desk.addEvent(account.calendar, body).id ?? "";
const addDays = (count: number): string[] => Array.from({ length: count }, (_, n) => add({ summary: `Day ${n}`, start: { date: "2026-03-10" }, end: { date: "2026-03-11" } }));
const weekly = (): string => add({ summary: "Standing", ...timed("2026-03-23T09:00:00", "2026-03-23T09:30:00"), recurrence: ["RRULE:FREQ=WEEKLY;COUNT=4"] });
const change = (id: string, patch: Event) => desk.changeEvent(account.calendar, id, patch);
const remove = (id: string) => desk.deleteEvent(account.calendar, id);

/** A run as sync makes it: it goes on from what the last one left, and stores what it found. */
async function run(more: Partial<Pull> = {}) {
  const result = await pullAll(provider, { calendarRemoteId: account.calendar, mode: cursor === null ? "full" : "incremental", cursor, known, ...more });
  known = knownAfter(result.changes, known);
  if (result.cursor !== null) cursor = result.cursor;
  return { ...result, found: result.changes.map(inWords) };
}

function inWords(each: RemoteChange): string {
  if (each.kind !== "upsert") return `${each.kind} ${each.remoteId}`;
  return `${each.seriesRemoteId === null ? "" : "exception "}${each.events.map(({ title }) => title).join()}`;
}

const eventsOf = (changes: readonly RemoteChange[]) => changes.flatMap((each) => (each.kind === "upsert" ? each.events : []));

describe("the first import", () => {
  it("takes a page of Google's at a time, and ends with a cursor", async () => {
    addDays(7);
    provider = account.open({ pageSizes: { first: 3, later: 100 } });
    const { pages, found } = await run();
    expect(pages.map(({ changes, last, cursor: end, listed, deletions }) => [changes.length, last, end !== null, listed, deletions])).toEqual([
      [3, false, false, null, null],
      [3, false, false, null, null],
      [1, true, true, 7, 0],
    ]);
    expect(found).toHaveLength(7);
    expect(new Set(pages.map(({ pageToken }) => pageToken)).size).toBe(3);
    expect(provider.callsMade()).toBe(3);
  });

  it("of an empty calendar is one page", async () => {
    expect((await run()).pages).toMatchObject([{ changes: [], last: true, cursor: expect.any(String), listed: 0, deletions: 0 }]);
  });

  it("goes on after the page at which it was interrupted, and concludes no deletions", async () => {
    addDays(5);
    provider = account.open({ pageSizes: { first: 2, later: 100 } });
    const pages = provider.pull({ calendarRemoteId: account.calendar, mode: "full", cursor: null, pageToken: null, known: knownOf(), pageSize: 50 });
    const first = await pages.next();
    await pages.return();
    if (first.done === true || first.value.kind !== "page") throw new Error("a page was expected");
    known = knownAfter(first.value.changes, new Map([["stale", "0"]]));
    const asked: string[] = [];
    const rest = await run({ mode: "full", pageToken: first.value.pageToken, asked });
    expect(rest.found).toEqual(["Day 2", "Day 3", "Day 4"]);
    expect(rest.pages.at(-1)).toMatchObject({ last: true, listed: null, deletions: null, cursor: expect.any(String) });
    expect(known.has("stale")).toBe(true);
    expect(asked).toEqual([]);
    expect((await run()).found).toEqual([]);
  });

  it("has all-day events as dates and others in their own zones", async () => {
    add({ summary: "Fair", start: { date: "2026-03-10" }, end: { date: "2026-03-13" } });
    add({ summary: "Call", ...timed("2026-03-10T09:00:00", "2026-03-10T10:00:00", "America/New_York") });
    expect(eventsOf((await run()).changes)).toMatchObject([
      { title: "Fair", start: { kind: "date", date: "2026-03-10" }, end: { kind: "date", date: "2026-03-13" } },
      { title: "Call", start: { kind: "zoned", local: "2026-03-10T09:00:00", timeZone: "America/New_York" } },
    ]);
  });
});

describe("what changed since", () => {
  it("is one call, and reads nothing of what is stored", async () => {
    const [first = "", second = ""] = addDays(3);
    await run();
    expect((await run()).pages).toMatchObject([{ changes: [], last: true, cursor: expect.any(String), listed: null, deletions: null }]);
    change(first, { summary: "Changed" });
    remove(second);
    add({ summary: "Added", ...timed("2026-03-10T09:00:00", "2026-03-10T10:00:00") });
    const asked: string[] = [];
    const before = provider.callsMade();
    const { found } = await run({ asked });
    expect(found).toEqual(["Changed", `deleted ${second}`, "Added"]);
    expect([asked, provider.callsMade() - before]).toEqual([[], 1]);
    expect((await run()).found).toEqual([]);
  });

  it("comes in pages, and can be resumed at one", async () => {
    await run();
    addDays(5);
    provider = account.open({ pageSizes: { first: 1, later: 2 } });
    const pages = provider.pull({ calendarRemoteId: account.calendar, mode: "incremental", cursor, pageToken: null, known: knownOf(), pageSize: 50 });
    const first = await pages.next();
    await pages.return();
    if (first.done === true || first.value.kind !== "page") throw new Error("a page was expected");
    expect(first.value).toMatchObject({ last: false, cursor: null });
    expect((await run({ pageToken: first.value.pageToken })).found).toEqual(["Day 2", "Day 3", "Day 4"]);
    expect((await run()).found).toEqual([]);
  });

  it("tells a moved occurrence, and that it is cancelled later", async () => {
    const series = weekly();
    await run();
    const instance = `${series}_20260330T070000Z`;
    change(instance, timed("2026-03-31T11:00:00", "2026-03-31T11:30:00"));
    const moved = await run();
    expect(moved.changes).toMatchObject([{
      kind: "upsert", remoteId: instance, seriesRemoteId: series,
      events: [{ recurrenceId: { local: "2026-03-30T09:00:00", timeZone: BERLIN }, start: { local: "2026-03-31T11:00:00" }, recurrence: null }],
    }]);
    remove(instance);
    const cancelled = [{ kind: "deleted", remoteId: instance, occurrence: { seriesRemoteId: series, recurrenceId: { kind: "zoned", local: "2026-03-30T09:00:00", timeZone: BERLIN } } }];
    expect((await run()).changes).toEqual(cancelled);
    // A listing of everything tells the hole as well: without it the occurrence would come back.
    const again = await run({ mode: "full", cursor: null, known: new Map() });
    expect(again.found).toEqual(["Standing", `deleted ${instance}`]);
    expect(again.changes.slice(1)).toEqual(cancelled);
  });

  it("tells a series that is split as one that ends and one that begins", async () => {
    const series = weekly();
    await run();
    change(series, { recurrence: ["RRULE:FREQ=WEEKLY;UNTIL=20260405T215959Z"] });
    add({ summary: "Standing, later", ...timed("2026-04-06T14:00:00", "2026-04-06T14:30:00"), recurrence: ["RRULE:FREQ=WEEKLY;COUNT=2"] });
    const { changes } = await run();
    expect(eventsOf(changes)).toMatchObject([
      { title: "Standing", recurrence: { rrules: ["FREQ=WEEKLY;UNTIL=20260405T215959Z"] } },
      { title: "Standing, later", recurrence: { rrules: ["FREQ=WEEKLY;COUNT=2"] } },
    ]);
    expect(known.size).toBe(2);
    expect((await run()).found).toEqual([]);
  });

  it("tells a whole series that is deleted", async () => {
    const series = weekly();
    change(`${series}_20260330T070000Z`, { summary: "Moved" });
    await run();
    remove(series);
    expect((await run()).found).toEqual(expect.arrayContaining([`deleted ${series}`]));
    expect(known.size).toBe(0);
  });
});

describe("a cursor that is not taken", () => {
  it("asks for a full run, which removes what is gone and nothing else", async () => {
    const [, second = ""] = addDays(4);
    await run();
    remove(second);
    change(known.keys().next().value ?? "", { summary: "Changed" });
    desk.expireCursors(account.calendar);
    expect((await run()).results).toEqual([{ kind: "cursorExpired" }]);
    const repair = await run({ mode: "full", cursor: null });
    expect(repair.pages.map(({ changes, last, listed, deletions }) => [changes.length, last, listed, deletions])).toEqual([[3, false, null, null], [1, true, 3, 1]]);
    expect(repair.found).toEqual(["Changed", "Day 2", "Day 3", `deleted ${second}`]);
    expect((await run()).found).toEqual([]);
  });

  it.each([null, "nonsense", "C12345678abc="])("asks for a full run as well when it is %j", async (wrong) => {
    expect((await run({ mode: "incremental", cursor: wrong })).results).toEqual([{ kind: "cursorExpired" }]);
  });

  it("may be a page token: the run begins anew", async () => {
    addDays(2);
    expect((await run({ mode: "full", pageToken: "nonsense" })).results).toEqual([{ kind: "cursorExpired" }]);
    sandbox.control.faults.add({ match: "calendar.events.list", effect: { do: "status", status: 410 } });
    expect((await run({ mode: "full", pageToken: "old" })).results).toEqual([{ kind: "cursorExpired" }]);
  });

  it("is not blamed for what the request without it is refused for", async () => {
    sandbox.control.faults.add({ match: "calendar.events.list", effect: { do: "status", status: 400 } });
    expect((await run({ mode: "full" })).results).toMatchObject([{ kind: "rejected", code: "request_refused" }]);
  });
});

describe("a repair", () => {
  it("takes few calls, and counts what was stored before it began", async () => {
    addDays(5);
    await run();
    known = new Map([...known, ["gone-1", "1"], ["gone-2", "1"]]);
    provider = account.open({ pageSizes: { first: 1, later: 100 } });
    const asked: string[] = [];
    const { pages, found } = await run({ mode: "full", asked });
    expect(found.slice(-2)).toEqual(["deleted gone-1", "deleted gone-2"]);
    expect(pages.at(-1)).toMatchObject({ last: true, listed: 5, deletions: 2 });
    expect([asked, provider.callsMade()]).toEqual([["all"], 1]);
  });

  it("leaves the holes of a series alone that it is told of", async () => {
    const series = weekly();
    remove(`${series}_20260330T070000Z`);
    const { found } = await run({ mode: "full", known: new Map([[series, "1"], [`${series}_20260330T070000Z`, "1"]]) });
    expect(found).toEqual(["Standing", `deleted ${series}_20260330T070000Z`]);
  });

  it("concludes nothing when an item has no name, for it may be what seems to be missing", async () => {
    addDays(1);
    const { results } = await readsOf({ items: [{ summary: "x" }, { id: "a", start: { date: "2026-03-10" } }], nextSyncToken: "s" }, { known: new Map([["b", "1"]]) });
    expect(results).toMatchObject([{ last: true, listed: null, deletions: null, cursor: "s", changes: [{ kind: "unreadable" }, { kind: "upsert" }] }]);
  });
});

describe("pages that are not what they should be", () => {
  const shaped = (shape: "partial" | "empty" | "incomplete" | "nothing") => sandbox.control.faults.add({ match: "calendar.events.list", effect: { do: "pages", shape } });

  it.each(["partial", "empty"] as const)("may be %s without being the last", async (shape) => {
    addDays(6);
    provider = account.open({ pageSizes: { first: 6, later: 6 } });
    shaped(shape);
    const { found, pages } = await run();
    expect(found).toEqual(["Day 0", "Day 1", "Day 2", "Day 3", "Day 4", "Day 5"]);
    expect(pages.length).toBeGreaterThan(1);
    expect(pages.at(-1)).toMatchObject({ listed: 6, deletions: 0 });
  });

  it.each([["incomplete", 2, 4], ["nothing", 0, 6]] as const)("say by their counts that everything is gone when they leave events out: %s", async (shape, listed, deletions) => {
    addDays(6);
    await run();
    shaped(shape);
    const { pages } = await run({ mode: "full" });
    // Whether to believe it is the brake's business: it has the numbers before the first deletion.
    expect(pages.at(-1)).toMatchObject({ last: true, listed, deletions });
    expect(pages.slice(0, -1).flatMap(({ changes }) => changes).some(({ kind }) => kind === "deleted")).toBe(false);
  });

  it.each([
    ["not_json", "unreadable_answer"],
    ["missing_fields", "incomplete_answer"],
  ] as const)("are failures, and nothing is taken for deleted: %s", async (effect, code) => {
    addDays(4);
    await run();
    provider = account.open({ pageSizes: { first: 1, later: 2 } });
    for (const mode of ["full", "incremental"] as const) {
      sandbox.control.faults.add({ match: "calendar.events.list", effect: { do: effect }, times: 1 });
      expect((await run({ mode })).results).toMatchObject([{ kind: "unavailable", code }]);
    }
    expect(known.size).toBe(4);
  });

  it.each([
    ["no list", { nextSyncToken: "s" }],
    ["no token", { items: [] }],
    ["an empty token", { items: [], nextPageToken: "", nextSyncToken: "" }],
    ["a list that is none", { items: {}, nextSyncToken: "s" }],
    ["a page token that leads back", { items: [], nextPageToken: "again" }],
    ["a list", []],
    ["null", null],
  ])("are failures when they have %s", async (_, body) => {
    const { results } = await readsOf(body, { known: new Map([["a", "1"]]) });
    expect(results.at(-1)).toMatchObject({ kind: "unavailable", code: "incomplete_answer" });
    expect(JSON.stringify(results)).not.toContain("deleted");
  });

  it("are asked for again in smaller ones when they are too large to be taken", async () => {
    for (let n = 0; n < 12; n += 1) add({ summary: `Day ${n}`, description: "x".repeat(3_000), start: { date: "2026-03-10" }, end: { date: "2026-03-11" } });
    provider = account.open({ maxResponseBytes: 20_000 });
    const { found, pages } = await run();
    expect(found).toHaveLength(12);
    expect(pages.at(-1)).toMatchObject({ last: true, listed: 12 });
    add({ summary: "Enormous", description: "x".repeat(30_000), start: { date: "2026-03-10" }, end: { date: "2026-03-11" } });
    expect((await run()).results).toMatchObject([{ kind: "rejected", code: "answer_too_large" }]);
  });
});

describe("what Google is asked", () => {
  const empty = { items: [], nextSyncToken: "s2" };
  const askedWith = async (pull: Partial<Pull>) => {
    const { requests } = await readsOf(empty, pull);
    return requests.map(({ url }) => Object.fromEntries(url.searchParams));
  };

  it("is everything, or what changed since, and nothing that would make another listing of it", async () => {
    expect(await askedWith({})).toEqual([{ maxResults: "250", singleEvents: "false", showDeleted: "false" }]);
    expect(await askedWith({ pageToken: "p" })).toEqual([{ maxResults: "250", singleEvents: "false", showDeleted: "false", pageToken: "p" }]);
    expect(await askedWith({ known: new Map([["a", "1"]]) })).toEqual([{ maxResults: "2500", singleEvents: "false", showDeleted: "false" }]);
    expect(await askedWith({ mode: "incremental", cursor: "s1" })).toEqual([{ maxResults: "2500", singleEvents: "false", syncToken: "s1" }]);
    expect(await askedWith({ mode: "incremental", cursor: "s1", pageToken: "p" })).toEqual([{ maxResults: "2500", singleEvents: "false", syncToken: "s1", pageToken: "p" }]);
  });

  it("says who asks, and for compressed answers; the token is in a header only", async () => {
    const [request] = (await readsOf(empty)).requests;
    expect(request?.headers).toMatchObject({ authorization: "Bearer t", "accept-encoding": "gzip", "user-agent": expect.stringMatching(/^LinearTime\/1 .*gzip/) });
    expect(request?.url.pathname).toBe("/calendar/v3/calendars/c/events");
  });
});

describe("a calendar", () => {
  it("that does not exist is gone", async () => {
    expect((await run({ calendarRemoteId: "nobody@example.com" })).results).toEqual([{ kind: "gone" }]);
    expect((await run({ calendarRemoteId: "nobody@example.com", mode: "incremental", cursor: "s" })).results).toEqual([{ kind: "gone" }]);
  });

  it("may have any name that Google gives it", async () => {
    expect((await run({ calendarRemoteId: "../calendars/x?y=1#z" })).results).toEqual([{ kind: "gone" }]);
    expect(sandbox.control.calls.counts()).toEqual({ "calendar.events.list": 1 });
  });
});
