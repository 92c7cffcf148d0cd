import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LoginMemory } from "../../security/login-memory";
import type { CalendarProvider } from "../port";
import { caldavProvider } from "./provider";
import { knownAfter, type Pull, pullAll } from "../testing/collect";
import { knownOf } from "../testing/known";
import { simpleEvent } from "./testing/event-text";
import { askedHrefs, etagOf, type FakeAnswer, type FakeDav, type FakeRequest, markersOf, multistatus, objectOf, startFakeDav } from "./testing/fake-dav";

/** A calendar on a server of a test's own making: what it holds and what it says about itself. */
interface Calendar {
  /** `name → etag`. */
  objects: Map<string, string>;
  markers: { syncToken?: string; ctag?: string } | FakeAnswer;
  /** The answer to a sync-collection report for a token. */
  changesSince: (token: string) => FakeAnswer;
}

let dav: FakeDav;
let provider: CalendarProvider;
let calendar: Calendar;

beforeEach(async () => {
  dav = await startFakeDav();
  calendar = { objects: new Map([["a", "1"], ["b", "1"], ["c", "1"], ["d", "1"], ["e", "1"]]), markers: {}, changesSince: () => ({ status: 500 }) };
  dav.answer = (request) => (request.authorization === null ? { status: 401, headers: { "www-authenticate": "Basic" } } : answer(request));
  provider = caldavProvider(
    { serverUrl: dav.url, username: "ann", password: "secret" },
    { policy: { allowPrivate: true, ownPorts: [] }, timeoutMs: 2_000, now: () => 0, logins: new LoginMemory() },
  );
});

afterEach(async () => {
  await provider.close();
  await dav.stop();
});

const href = (name: string) => `/cal/${name}.ics`;
const row = (name: string): [string, string | number] => {
  const etag = calendar.objects.get(name);
  return [href(name), etag === undefined ? 404 : etagOf(etag)];
};
const everything = () => [...calendar.objects.keys()].map(row);
/** Which of the ways to find changes a request takes. */
const kindOf = ({ method, body }: FakeRequest) =>
  method === "PROPFIND" ? "markers" : (/<d:sync-collection|<c:calendar-query|<c:calendar-multiget/.exec(body)?.[0].slice(3) ?? method);
const asked = () => dav.requests.map(kindOf);

function answer(request: FakeRequest): FakeAnswer {
  switch (kindOf(request)) {
    case "markers":
      return "status" in calendar.markers ? calendar.markers : multistatus([["/cal/", markersOf(calendar.markers)]]);
    case "sync-collection":
      return calendar.changesSince(/<d:sync-token>(.*?)<\/d:sync-token>/.exec(request.body)?.[1] ?? "");
    case "calendar-query":
      return multistatus(everything());
    case "calendar-multiget":
      return multistatus(askedHrefs(request).map((each) => {
        const name = /(\w+)\.ics$/.exec(each)?.[1] ?? "";
        const etag = calendar.objects.get(name);
        return [each, etag === undefined ? 404 : objectOf(etag, simpleEvent(name, 1))];
      }));
    default:
      return { status: 404 };
  }
}

let known: Map<string, string>;
let cursor: string | null;

/** A run as sync makes it: it goes on from what the last one left, and stores what it found. */
async function run(more: Partial<Pull> = {}) {
  dav.requests.length = 0;
  const result = await pullAll(provider, { calendarRemoteId: `${dav.url}cal/`, mode: "incremental", cursor, known, ...more });
  known = knownAfter(result.changes, known);
  cursor = result.cursor;
  return { ...result, found: result.changes.map(({ kind, remoteId }) => `${kind} ${remoteId}`) };
}

async function firstRun(): Promise<void> {
  known = new Map();
  cursor = null;
  await run({ mode: "full" });
  expect([...known.keys()]).toEqual(["a", "b", "c", "d", "e"].map(href));
}

describe("a server with sync-collection", () => {
  beforeEach(async () => {
    calendar.markers = { syncToken: "t1", ctag: "c1" };
    calendar.changesSince = (token) => multistatus([], token);
    await firstRun();
  });

  it("is asked for changes only, in one request", async () => {
    expect(cursor).toBe("sync-token t1");
    const { found, pages } = await run();
    expect(asked()).toEqual(["sync-collection"]);
    expect(found).toEqual([]);
    expect(pages).toMatchObject([{ listed: null, deletions: null, total: 0, cursor: "sync-token t1", last: true }]);
  });

  it("tells changes and deletions itself", async () => {
    calendar.objects.set("b", "2").set("f", "1");
    calendar.objects.delete("c");
    calendar.changesSince = () => multistatus([row("b"), row("c"), row("f"), [href("never"), 404], ["/cal/", ""]], "t2");
    const { found, pages } = await run();
    expect(asked()).toEqual(["sync-collection", "calendar-multiget"]);
    expect(found).toEqual([`upsert ${href("b")}`, `upsert ${href("f")}`, `deleted ${href("c")}`]);
    expect(pages.every(({ listed, deletions }) => listed === null && deletions === null)).toBe(true);
    expect(cursor).toBe("sync-token t2");
  });

  it("costs no more for one change in a large calendar than in a small one", async () => {
    const readFor = async (size: number) => {
      calendar.objects.set("a", "1");
      for (let n = 0; n < size; n += 1) calendar.objects.set(`x${n}`, "1");
      known = new Map(everything().map(([each]) => [each, '"1"']));
      const reads: string[][] = [];
      for (const change of ["changed", "added", "gone"]) {
        const token = `${change} in ${size}`;
        if (change === "gone") calendar.objects.delete("a");
        else calendar.objects.set(change === "added" ? `new${size}` : "a", `${change}${size}`);
        calendar.changesSince = () => multistatus([row(change === "added" ? `new${size}` : "a")], token);
        const asked: string[] = [];
        expect((await run({ asked })).found).toHaveLength(1);
        reads.push(asked);
      }
      return reads;
    };
    const small = await readFor(20);
    expect(small).toEqual([["some 1", "count 3"], ["some 1"], ["some 1"]]);
    expect(await readFor(500)).toEqual(small);
  });

  it("finds what is stored under another percent-encoding", async () => {
    const stored = "/cal/a%40b%20c.ics";
    known = new Map([...known, [stored, '"1"']]);
    calendar.changesSince = () => multistatus([["/cal/a@b%20c.ics", 404]], "t2");
    expect((await run()).found).toEqual([`deleted ${stored}`]);
  });

  it("is read on with the returned token when it truncates its answer", async () => {
    calendar.objects.set("b", "2").set("c", "2");
    const parts: Record<string, FakeAnswer> = {
      t1: multistatus([row("b"), [href("d"), 404], ["/cal/", 507]], "t2"),
      t2: multistatus([row("c"), row("d")], "t3"),
    };
    calendar.objects.set("d", "2");
    calendar.changesSince = (token) => parts[token] ?? { status: 403 };
    const { found } = await run();
    expect(found).toEqual(["b", "c", "d"].map((name) => `upsert ${href(name)}`));
    expect(cursor).toBe("sync-token t3");
  });

  it("is compared in full when its truncated answers go round in circles", async () => {
    calendar.changesSince = (token) => multistatus([["/cal/", 507]], token === "t1" ? "t2" : "t1");
    calendar.objects.delete("e");
    expect((await run()).found).toEqual([`deleted ${href("e")}`]);
  });

  it.each<[string, FakeAnswer]>([
    ["403", { status: 403, body: '<d:error xmlns:d="DAV:"><d:valid-sync-token/></d:error>' }],
    ["409", { status: 409 }],
    ["410", { status: 410 }],
    ["412", { status: 412 }],
    ["500", { status: 500 }],
    ["a web page", { status: 200, body: "<html></html>" }],
    ["207 without a token", multistatus([])],
  ])("is compared in full when it refuses the token with %s", async (_, refusal) => {
    calendar.changesSince = () => refusal;
    calendar.markers = { syncToken: "t9" };
    calendar.objects.set("b", "2").delete("c");
    const { found, pages } = await run();
    expect(found).toEqual([`upsert ${href("b")}`, `deleted ${href("c")}`]);
    expect(pages.at(-1)).toMatchObject({ listed: 4, deletions: 1, cursor: "sync-token t9" });
  });

  it("is compared in full when it answers an old token with everything", async () => {
    calendar.objects.set("b", "2").delete("c");
    calendar.changesSince = () => multistatus(everything(), "t9");
    const { found } = await run();
    expect(asked()).toEqual(["sync-collection", "calendar-query", "calendar-multiget"]);
    expect(found).toEqual([`upsert ${href("b")}`, `deleted ${href("c")}`]);
    expect(cursor).toBe("sync-token t9");
  });

  it("is compared in full when everything was written anew and part of it is gone", async () => {
    for (const name of ["a", "b", "c"]) calendar.objects.set(name, "9");
    for (const name of ["d", "e"]) calendar.objects.delete(name);
    calendar.changesSince = () => multistatus(everything(), "t9");
    expect((await run()).found).toEqual([...["a", "b", "c"].map((name) => `upsert ${href(name)}`), `deleted ${href("d")}`, `deleted ${href("e")}`]);
  });

  it("is compared in full when it names nothing and yet has moved", async () => {
    calendar.objects.clear();
    calendar.changesSince = () => multistatus([], "t9");
    const { pages } = await run();
    expect(pages[0]).toMatchObject({ listed: 0, deletions: 5 });
  });

  it("is compared in full when it deletes so much that a person has to be asked, so that the brake sees it", async () => {
    calendar.objects.clear();
    calendar.changesSince = () => multistatus([...known.keys()].map((each) => [each, 404]), "t2");
    const { pages } = await run();
    expect(pages[0]).toMatchObject({ listed: 0, deletions: 5 });
    expect(cursor).toBe("sync-token t2");
  });

  it("may refuse its own tokens: then the next best way is taken", async () => {
    calendar.changesSince = () => ({ status: 403 });
    await run();
    expect(cursor).toBe("ctag c1");
    await run();
    expect(asked()).toEqual(["markers"]);
  });

  it("may repeat what was reported before, as a token of one second does", async () => {
    calendar.objects.set("b", "2");
    calendar.changesSince = () => multistatus([row("a"), row("b")], "t2");
    expect((await run()).found).toEqual([`upsert ${href("b")}`]);
    calendar.changesSince = (token) => multistatus([row("b")], token);
    expect((await run()).found).toEqual([]);
    expect(asked()).toEqual(["sync-collection"]);
  });

  it("keeps the old cursor when a run breaks off, and reads the rest with the next", async () => {
    calendar.objects.set("a", "2").set("b", "2").set("f", "1");
    calendar.changesSince = () => multistatus([row("a"), row("b"), row("f"), [href("gone"), 404]], "t2");
    const broken = provider.pull({ calendarRemoteId: `${dav.url}cal/`, mode: "incremental", cursor, pageToken: null, known: knownOf(known), pageSize: 1 });
    const first = (await broken.next()).value;
    await broken.return();
    if (first?.kind !== "page") throw new Error("expected a page");
    expect(first).toMatchObject({ cursor: null, last: false });
    known = knownAfter(first.changes, known);
    expect((await run({ pageToken: first.pageToken })).found).toEqual([`upsert ${href("b")}`, `upsert ${href("f")}`]);
    expect(cursor).toBe("sync-token t2");
  });

  it("loses nothing that it reports and then does not deliver: the next run compares everything", async () => {
    calendar.objects.set("f", "1");
    calendar.changesSince = () => multistatus([row("f")], "t2");
    const inner = dav.answer;
    dav.answer = (request) => (kindOf(request) === "calendar-multiget" ? multistatus([]) : inner(request));
    expect((await run()).found).toEqual([]);
    expect(cursor).toBeNull();
    dav.answer = inner;
    expect((await run()).found).toEqual([`upsert ${href("f")}`]);
    expect(cursor).toBe("sync-token t1");
  });

  it("is compared in full after an event has become something else, so that only a listing deletes it", async () => {
    calendar.objects.set("b", "2");
    calendar.changesSince = () => multistatus([row("b")], "t2");
    const inner = dav.answer;
    const task = simpleEvent("b", 1).replaceAll("VEVENT", "VTODO");
    dav.answer = (request) => (kindOf(request) === "calendar-multiget" ? multistatus([[href("b"), objectOf("2", task)]]) : inner(request));
    expect((await run()).found).toEqual([]);
    expect(cursor).toBeNull();
    calendar.objects.delete("b");
    expect((await run()).found).toEqual([`deleted ${href("b")}`]);
  });

  it.each<[string, FakeAnswer, object]>([
    ["401", { status: 401, headers: { "www-authenticate": "Basic" } }, { kind: "authRevoked" }],
    ["429", { status: 429 }, { kind: "rateLimited" }],
    ["half an answer", { status: 207, body: "<d:multistatus xmlns:d='DAV:'>" }, { kind: "unavailable" }],
  ])("is not asked anything else after %s", async (_, refusal, expected) => {
    calendar.changesSince = () => refusal;
    expect((await run()).results).toMatchObject([expected]);
    expect(new Set(asked())).toEqual(new Set(["sync-collection"]));
  });

  it("says gone when the calendar is", async () => {
    dav.answer = () => ({ status: 404 });
    expect((await run()).results).toEqual([{ kind: "gone" }]);
  });
});

describe("a new collection whose token and ctag are -1", () => {
  it("costs one request, and its first events are found", async () => {
    calendar.objects.clear();
    calendar.markers = { syncToken: "-1", ctag: "-1" };
    known = new Map();
    cursor = null;
    await run({ mode: "full" });
    calendar.changesSince = (token) => multistatus([], token);
    await run();
    expect(asked()).toEqual(["sync-collection"]);
    calendar.objects.set("a", "1");
    calendar.changesSince = () => multistatus([row("a")], "1763712345");
    expect((await run()).found).toEqual([`upsert ${href("a")}`]);
    expect(cursor).toBe("sync-token 1763712345");
  });
});

describe("a server with ctags", () => {
  beforeEach(async () => {
    calendar.markers = { ctag: "c1" };
    await firstRun();
  });

  it("costs one request when nothing has changed", async () => {
    const { found, pages } = await run();
    expect(asked()).toEqual(["markers"]);
    expect(found).toEqual([]);
    expect(pages).toMatchObject([{ listed: null, deletions: null, cursor: "ctag c1", last: true }]);
  });

  it("is listed when something has", async () => {
    calendar.markers = { ctag: "c2" };
    calendar.objects.set("b", "2").delete("c");
    const { found, pages } = await run();
    expect(asked()).toEqual(["markers", "calendar-query", "calendar-multiget"]);
    expect(found).toEqual([`upsert ${href("b")}`, `deleted ${href("c")}`]);
    expect(pages[0]).toMatchObject({ listed: 4, deletions: 1 });
    expect(cursor).toBe("ctag c2");
  });

  it("may learn sync-collection, or forget ctags", async () => {
    calendar.markers = { ctag: "c2", syncToken: "t1" };
    await run();
    expect(cursor).toBe("sync-token t1");
    cursor = "ctag c1";
    calendar.markers = {};
    await run();
    expect(cursor).toBe("etags");
  });

  it("is listed all the same when it fails at the question", async () => {
    calendar.markers = { status: 500 };
    calendar.objects.delete("c");
    expect((await run()).found).toEqual([`deleted ${href("c")}`]);
    expect(cursor).toBeNull();
  });

  it("keeps every digit of a long ctag", async () => {
    calendar.markers = { ctag: "20261121031500123456" };
    await run();
    expect(cursor).toBe("ctag 20261121031500123456");
  });

  it("whose ctag is a fraction is listed every time, for the parser could make two of them the same", async () => {
    calendar.markers = { ctag: "1763712345.10000000000000001" };
    await run();
    expect(cursor).toBe("etags");
  });
});

describe("a server with neither", () => {
  beforeEach(firstRun);

  it("costs one request when nothing has changed", async () => {
    expect(cursor).toBe("etags");
    const { found, pages } = await run();
    expect(asked()).toEqual(["calendar-query"]);
    expect(found).toEqual([]);
    expect(pages[0]?.listed).toBe(5);
  });

  it("is asked again what it offers with every full run", async () => {
    calendar.markers = { ctag: "c1" };
    await run({ mode: "full" });
    expect(cursor).toBe("ctag c1");
  });
});

describe("a cursor", () => {
  it.each([null, "", "sync-token", "ctag ", "something else", "etags2"])("that says nothing (%j) means comparing", async (nothing) => {
    calendar.markers = { ctag: "c1" };
    known = new Map([[href("a"), '"1"'], [href("z"), '"1"']]);
    cursor = nothing;
    expect((await run()).found).toContain(`deleted ${href("z")}`);
    expect(cursor).toBe("ctag c1");
  });

  it("is not moved by a listing that the server cut short", async () => {
    calendar.markers = { ctag: "c1" };
    await firstRun();
    calendar.markers = { ctag: "c2" };
    const inner = dav.answer;
    dav.answer = (request) => (kindOf(request) === "calendar-query" ? multistatus([["/cal/", 507], row("a")]) : inner(request));
    expect((await run()).found).toEqual([]);
    expect(cursor).toBeNull();
  });
});

describe("a server that fails at its markers because of one broken object", () => {
  it("keeps what is known up to date, and is compared when it is mended", async () => {
    calendar.markers = { syncToken: "t1" };
    await firstRun();
    calendar.objects.set("b", "2");
    const inner = dav.answer;
    dav.answer = (request) => (kindOf(request) === "calendar-multiget" ? inner(request) : { status: 500 });
    const broken = await run();
    expect(broken.found).toEqual([`upsert ${href("b")}`]);
    expect(broken.results.at(-1)).toMatchObject({ kind: "unavailable", code: "listing_failed" });
    dav.answer = inner;
    cursor = "sync-token t1";
    calendar.objects.delete("c");
    expect((await run()).found).toEqual([`deleted ${href("c")}`]);
  });
});
