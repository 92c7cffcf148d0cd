import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LoginMemory } from "../../security/login-memory";
import { caldavProvider } from "./provider";
import { testConnection } from "./test-connection";
import { pullAll } from "../testing/collect";
import { simpleEvent } from "./testing/event-text";
import { askedHrefs, etagOf, type FakeAnswer, type FakeDav, type FakeRequest, multistatus, objectOf, startFakeDav } from "./testing/fake-dav";

/*
 * One server with many names, as large providers have: people type one host, their calendars are at another.
 */
let dav: FakeDav;
let port: string;
const logins = () => new LoginMemory();
const policy = { allowPrivate: true, ownPorts: [] };
const resolve = () => Promise.resolve([{ address: "127.0.0.1", family: 4 }]);

beforeEach(async () => {
  dav = await startFakeDav();
  ({ port } = new URL(dav.url));
});
afterEach(() => dav.stop());

const connect = (host: string) =>
  testConnection({ serverUrl: `http://${host}:${port}/`, username: "ann", password: "s3cret!", policy, resolve, logins: logins(), timeoutMs: 2_000 });

const CALENDAR = "<d:resourcetype><d:collection/><c:calendar/></d:resourcetype><d:displayname>Home</d:displayname>";

/** The entry at one host names a principal at a second, whose home is at a third. */
function serveFrom(principalHost: string, homeHost: string): void {
  const at = (host: string, path: string) => `http://${host}:${port}${path}`;
  const places: Record<string, FakeAnswer> = {
    "/": multistatus([["/", `<d:current-user-principal><d:href>${at(principalHost, "/123/principal/")}</d:href></d:current-user-principal>`]]),
    "/123/principal/": multistatus([["/123/principal/", `<c:calendar-home-set><d:href>${at(homeHost, "/123/calendars/")}</d:href></c:calendar-home-set>`]]),
    "/123/calendars/": multistatus([["/123/calendars/", ""], ["/123/calendars/home/", CALENDAR]]),
  };
  dav.answer = (request: FakeRequest) => {
    if (request.authorization === null) return { status: 401, headers: { "www-authenticate": 'Basic realm="x"' } };
    return places[request.path] ?? { status: 404 };
  };
}

const hosts = () => [...new Set(dav.requests.filter(({ authorization }) => authorization !== null).map(({ host }) => host.split(":")[0]))];

describe("calendars at another host", () => {
  it("of the same site are found, and the password goes along", async () => {
    serveFrom("p42-caldav.icloud.com", "p43-caldav.icloud.com");
    expect(await connect("caldav.icloud.com")).toMatchObject({
      ok: true,
      serverUrl: `http://p43-caldav.icloud.com:${port}/123/calendars/`,
      calendars: [{ remoteId: `http://p43-caldav.icloud.com:${port}/123/calendars/home/`, name: "Home" }],
    });
    expect(hosts()).toEqual(["caldav.icloud.com", "p42-caldav.icloud.com", "p43-caldav.icloud.com"]);
  });

  it.each([
    ["caldav.icloud.com", "icloud.com.evil.example"],
    ["dav.example.com", "dav.example.org"],
    ["one.co.uk", "two.co.uk"],
    ["ann.duckdns.org", "eve.duckdns.org"],
    ["nas", "router"],
  ])("of another site are not: from %s to %s", async (from, to) => {
    serveFrom(from, to);
    expect(await connect(from)).toMatchObject({ ok: false, code: "redirect_off_site", field: "serverUrl", action: expect.stringContaining("final server") });
    serveFrom(to, from);
    expect(await connect(from)).toMatchObject({ ok: false, code: "redirect_off_site" });
    expect(hosts()).toEqual([from]);
    expect(dav.requests.some(({ host }) => host.startsWith(to))).toBe(false);
  });

  it("are read where they are from then on", async () => {
    const provider = caldavProvider({ serverUrl: `http://p43-caldav.icloud.com:${port}/123/calendars/`, username: "ann", password: "x" }, { policy, resolve, logins: logins() });
    dav.answer = (request) => {
      const { body } = request;
      if (body.includes("calendar-query")) return multistatus([["/123/calendars/home/e.ics", etagOf("1")]]);
      if (!body.includes("calendar-multiget")) return multistatus([["/123/calendars/home/", ""]]);
      return multistatus(askedHrefs(request).map((href) => [href, objectOf("1", simpleEvent("e", 1))]));
    };
    const { changes } = await pullAll(provider, { calendarRemoteId: `http://p44-caldav.icloud.com:${port}/123/calendars/home/` });
    expect(changes).toMatchObject([{ kind: "upsert", iCalUID: "e" }]);
    const { results } = await pullAll(provider, { calendarRemoteId: `http://evil.example:${port}/123/calendars/home/` });
    expect(results).toMatchObject([{ kind: "rejected", code: "redirect_off_site" }]);
    await provider.close();
    expect(hosts()).toEqual(["p44-caldav.icloud.com"]);
  });
});

describe("the well-known address", () => {
  it("may lead to another host of the same site, where the server signs us in", async () => {
    serveFrom("dav.example.com", "dav.example.com");
    const inner = dav.answer;
    dav.answer = (request) => {
      if (!request.host.startsWith("www.")) return inner(request);
      return request.path === "/.well-known/caldav" ? { status: 301, headers: { location: `http://dav.example.com:${port}/` } } : { status: 404 };
    };
    expect(await connect("www.example.com")).toMatchObject({ ok: true, serverUrl: `http://dav.example.com:${port}/123/calendars/` });
  });
});
