import { createCallMeter } from "../call-meter";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LoginMemory } from "../../security/login-memory";
import type { CalendarProvider } from "../port";
import { caldavProvider } from "./provider";
import { pullAll } from "../testing/collect";
import { simpleEvent } from "./testing/event-text";
import { askedHrefs, etagOf, type FakeAnswer, type FakeDav, type FakeRequest, multistatus, objectOf, startFakeDav } from "./testing/fake-dav";

let dav: FakeDav;
let provider: CalendarProvider;
let calendarRemoteId: string;

beforeEach(async () => {
  dav = await startFakeDav();
  calendarRemoteId = `${dav.url}cal/`;
  provider = caldavProvider(
    { serverUrl: dav.url, username: "ann", password: "secret" },
    { policy: { allowPrivate: true, ownPorts: [] }, timeoutMs: 2_000, maxResponseBytes: 50_000, now: () => 0, logins: new LoginMemory() },
  );
});

afterEach(async () => {
  await provider.close();
  await dav.stop();
});

const isQuery = ({ body }: FakeRequest) => body.includes("calendar-query");
const isMultiget = ({ body }: FakeRequest) => body.includes("calendar-multiget");

/** Answers the listing with `objects`, and reads with `read`. */
function serve(objects: Record<string, string>, read: (request: FakeRequest) => FakeAnswer | null = () => null): void {
  dav.answer = (request) => {
    if (isQuery(request)) return multistatus(Object.keys(objects).map((href) => [href, etagOf("1")]));
    const special = read(request);
    if (special !== null) return special;
    if (isMultiget(request)) return multistatus(askedHrefs(request).map((href) => [href, objectOf("1", objects[href] ?? "")]));
    return { status: 200, body: objects[request.path] ?? "", headers: { etag: '"1"' } };
  };
}

const four = Object.fromEntries([1, 2, 3, 4].map((n) => [`/cal/e${n}.ics`, simpleEvent(`e${n}`, n)]));

describe("objects that cannot be read", () => {
  it("records a malformed one with its reason and reads the rest", async () => {
    serve({ ...four, "/cal/e2.ics": simpleEvent("e2", 2).replace("DTSTART:20260302T090000Z", "DTSTART:someday") });
    const { changes, pages } = await pullAll(provider, { calendarRemoteId });
    expect(changes.map(({ kind }) => kind)).toEqual(["upsert", "unreadable", "upsert", "upsert"]);
    expect(changes[1]).toMatchObject({ reason: "Line 7 (DTSTART:someday) is not a valid date.", etag: '"1"' });
    expect(pages.at(-1)?.last).toBe(true);
  });

  it("isolates the one on which the server fails, by halves", async () => {
    serve(four, (request) => {
      if (isMultiget(request) && askedHrefs(request).includes("/cal/e3.ics")) return { status: 500 };
      return request.path === "/cal/e3.ics" ? { status: 500 } : null;
    });
    const { changes } = await pullAll(provider, { calendarRemoteId });
    expect(changes.map(({ kind, remoteId }) => [kind, remoteId])).toEqual([
      ["upsert", "/cal/e1.ics"], ["upsert", "/cal/e2.ics"], ["unreadable", "/cal/e3.ics"], ["upsert", "/cal/e4.ics"],
    ]);
  });

  it("does not take a server that fails on everything for a calendar full of broken events", async () => {
    const many = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`/cal/e${n}.ics`, ""]));
    serve(many, () => ({ status: 500 }));
    const { results } = await pullAll(provider, { calendarRemoteId });
    expect(results).toMatchObject([{ kind: "unavailable", code: "server_error" }]);
  });

  it("reads one by one from a server without multiget", async () => {
    serve(four, (request) => (isMultiget(request) ? { status: 501 } : null));
    const { changes } = await pullAll(provider, { calendarRemoteId });
    expect(changes).toHaveLength(4);
    expect(dav.requests.filter(isMultiget)).toHaveLength(1);
  });

  it("splits a page that is too large to be sent at once", async () => {
    const long = "x".repeat(20_000);
    serve(Object.fromEntries(Object.entries(four).map(([href, text]) => [href, text.replace("SUMMARY:", `SUMMARY:${long}`)])));
    const { changes } = await pullAll(provider, { calendarRemoteId });
    expect(changes.map(({ kind }) => kind)).toEqual(["upsert", "upsert", "upsert", "upsert"]);
  });
});

describe("what an answer leaves out", () => {
  it("does not take an href the multiget left out, or a 404 in it, for a deletion", async () => {
    serve(four, (request) =>
      isMultiget(request)
        ? multistatus([["/cal/e1.ics", objectOf("1", four["/cal/e1.ics"] ?? "")], ["/cal/e2.ics", 404]])
        : null,
    );
    const known = new Map([["/cal/e2.ics", '"0"'], ["/cal/e3.ics", '"0"']]);
    const { changes } = await pullAll(provider, { calendarRemoteId, known });
    expect(changes.map(({ kind, remoteId }) => [kind, remoteId])).toEqual([["upsert", "/cal/e1.ics"]]);
  });

  it("deletes nothing after a listing that the server cut short", async () => {
    dav.answer = (request) =>
      isQuery(request) ? multistatus([["/cal/", 507], ["/cal/e1.ics", etagOf("1")]]) : multistatus([]);
    const { changes, pages } = await pullAll(provider, { calendarRemoteId, mode: "incremental", known: new Map([["/cal/e1.ics", '"1"'], ["/cal/e9.ics", '"1"']]) });
    expect(changes).toEqual([]);
    expect(pages).toMatchObject([{ listed: null, last: true }]);
  });

  it("keeps objects apart from their spelling: another percent-encoding is the same object", async () => {
    dav.answer = (request) =>
      isQuery(request)
        ? multistatus([["/cal/a%40b.ics", etagOf("1")]])
        : multistatus([["/cal/a@b.ics", objectOf("1", simpleEvent("a@b", 1))]]);
    const { changes } = await pullAll(provider, { calendarRemoteId });
    expect(changes).toMatchObject([{ kind: "upsert", remoteId: "/cal/a%40b.ics" }]);
    const again = await pullAll(provider, { calendarRemoteId, mode: "incremental", known: new Map([["/cal/a@b.ics", '"1"']]) });
    expect(again.changes).toEqual([]);
  });

  it("accepts absolute hrefs, and sends nothing to the host they name", async () => {
    dav.answer = (request) =>
      isQuery(request)
        ? multistatus([["http://wrong.example/cal/e1.ics", etagOf("1")]])
        : multistatus([["http://wrong.example/cal/e1.ics", objectOf("1", simpleEvent("e1", 1))]]);
    const { changes } = await pullAll(provider, { calendarRemoteId });
    expect(changes).toMatchObject([{ kind: "upsert", remoteId: "/cal/e1.ics" }]);
  });
});

describe("servers that lack something", () => {
  it("lists with PROPFIND where the query is refused, without collections and tasks", async () => {
    dav.answer = (request) => {
      if (isQuery(request)) return { status: 403 };
      if (isMultiget(request)) return multistatus(askedHrefs(request).map((href) => [href, objectOf("1", simpleEvent("e1", 1))]));
      return multistatus([
        ["/cal/", "<d:resourcetype><d:collection/></d:resourcetype>"],
        ["/cal/sub", "<d:resourcetype><d:collection/></d:resourcetype>"],
        ["/cal/t.ics", `${etagOf("1")}<d:getcontenttype>text/calendar; component=vtodo</d:getcontenttype>`],
        ["/cal/e1.ics", `${etagOf("1")}<d:getcontenttype>text/calendar; component=vevent</d:getcontenttype>`],
      ]);
    };
    const { changes, pages } = await pullAll(provider, { calendarRemoteId });
    expect(changes.map(({ remoteId }) => remoteId)).toEqual(["/cal/e1.ics"]);
    expect(pages[0]?.listed).toBe(1);
  });

  it("reads objects without an etag every time", async () => {
    dav.answer = (request) =>
      isQuery(request) ? multistatus([["/cal/e1.ics", "<d:getetag/>"]]) : multistatus([["/cal/e1.ics", `<c:calendar-data><![CDATA[${simpleEvent("e1", 1)}]]></c:calendar-data>`]]);
    const { changes } = await pullAll(provider, { calendarRemoteId, mode: "incremental", known: new Map([["/cal/e1.ics", ""]]) });
    expect(changes).toHaveLength(1);
  });
});

describe("failures of the whole run", () => {
  it.each<[string, FakeAnswer, object]>([
    ["401", { status: 401, headers: { "www-authenticate": 'Basic realm="x"' } }, { kind: "authRevoked", code: "wrong_password" }],
    ["429", { status: 429, headers: { "retry-after": "120" } }, { kind: "rateLimited", retryAfterMs: 120_000 }],
    ["503 with Retry-After", { status: 503, headers: { "retry-after": "Thu, 01 Jan 1970 00:01:00 GMT" } }, { kind: "rateLimited", retryAfterMs: 60_000 }],
    ["503", { status: 503 }, { kind: "unavailable", code: "server_error", retryAfterMs: null }],
    ["500", { status: 500 }, { kind: "unavailable", code: "server_error" }],
    ["404", { status: 404 }, { kind: "gone" }],
    ["410", { status: 410 }, { kind: "gone" }],
    ["a web page", { status: 200, body: "<html>hello</html>" }, { kind: "rejected", code: "not_caldav" }],
    ["half an XML answer", { status: 207, body: "<d:multistatus xmlns:d='DAV:'><d:response></d:resp" }, { kind: "unavailable", code: "network_failed" }],
    ["XML of another kind", { status: 207, body: "<rss></rss>" }, { kind: "rejected", code: "not_caldav" }],
    ["too much", { status: 207, body: " ".repeat(60_000) }, { kind: "rejected", code: "answer_too_large" }],
    ["a redirect off the site", { status: 301, headers: { location: "https://elsewhere.example/" } }, { kind: "rejected", code: "redirect_off_site" }],
  ])("%s", async (_, answer, expected) => {
    dav.answer = () => answer;
    const { results } = await pullAll(provider, { calendarRemoteId });
    expect(results).toMatchObject([expected]);
    expect(JSON.stringify(results)).not.toContain("secret");
  });

  it("stops in the middle when the password is withdrawn", async () => {
    let reads = 0;
    serve(four, (request) => (isMultiget(request) && (reads += 1) > 1 ? { status: 401 } : null));
    const { results } = await pullAll(provider, { calendarRemoteId, pageSize: 2 });
    expect(results.map(({ kind }) => kind)).toEqual(["page", "authRevoked"]);
  });
});

describe("the budget of outgoing calls", () => {
  it("ends a run with its own words, and what was sent is counted", async () => {
    const spent = { kind: "rateLimited", code: "budget_spent", message: "Enough for now.", action: "Nothing to do.", retryAfterMs: 5_000 } as const;
    for (const allowed of [0, 2]) {
      serve(four);
      dav.requests.length = 0;
      let left = allowed;
      const meter = createCallMeter();
      const thrifty = caldavProvider(
        { serverUrl: dav.url, username: "ann", password: "secret" },
        { policy: { allowPrivate: true, ownPorts: [] }, logins: new LoginMemory(), meter, reserveCall: async () => ((left -= 1) < 0 ? spent : null) },
      );
      expect((await pullAll(thrifty, { calendarRemoteId })).results).toEqual([spent]);
      expect(await thrifty.listCalendars()).toEqual(spent);
      expect([meter.cost().apiCalls, dav.requests.length]).toEqual([allowed, allowed]);
      await thrifty.close();
    }
  });
});
