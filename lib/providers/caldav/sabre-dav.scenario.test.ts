import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startSabreDav, type SabreDav } from "../../../tests/support/sabre-dav";
import { LoginMemory } from "../../security/login-memory";
import type { CalendarProvider } from "../port";
import { caldavProvider } from "./provider";
import { testConnection } from "./test-connection";
import { knownAfter, pullAll } from "../testing/collect";
import { simpleEvent } from "./testing/event-text";

/* sabre/dav: Digest, ctags, no sync-collection. */
const policy = { allowPrivate: true, ownPorts: [] };
let server: SabreDav;
let provider: CalendarProvider;
let logins: LoginMemory;

const calendar = (slug: string, objects: { name: string; ics: string }[] = [], components?: string) => ({
  slug, displayName: `The ${slug}`, color: "#2f6f4fff", objects, ...(components === undefined ? {} : { components }),
});
const remoteIdOf = (slug: string) => `${server.url}/calendars/${server.user}/${slug}/`;
const account = () => ({ serverUrl: server.url, username: server.user, password: server.password });

/** What the server was asked since the last time. */
let noted = 0;
function asked(): string[] {
  const all = server.requests();
  const fresh = all.slice(noted);
  noted = all.length;
  return fresh;
}

beforeAll(async () => {
  server = await startSabreDav();
  server.store([calendar("work", [1, 2, 3].map((n) => ({ name: `e${n}.ics`, ics: simpleEvent(`e${n}`, n) }))), calendar("tasks", [], "VTODO"), calendar("mixed", [], "VEVENT,VTODO")]);
});
afterAll(async () => {
  await server.stop();
});
beforeEach(() => {
  logins = new LoginMemory();
  provider = caldavProvider(account(), { policy, logins });
  return () => provider.close();
});

describe("connecting", () => {
  it("answers the Digest challenge, and finds the calendars for events from the bare address", async () => {
    const result = await testConnection({ ...account(), policy, logins });
    expect(result).toMatchObject({
      ok: true,
      serverUrl: `${server.url}/calendars/nora/`,
      principal: `${server.url}/principals/nora/`,
      calendars: [
        { remoteId: remoteIdOf("work"), name: "The work", color: "#2f6f4f", accessRole: "owner" },
        { remoteId: remoteIdOf("mixed"), name: "The mixed" },
      ],
    });
  });

  it("signs in with one request more", async () => {
    await provider.listCalendars();
    asked();
    const fresh = caldavProvider({ ...account(), serverUrl: `${server.url}/calendars/nora/` }, { policy, logins: new LoginMemory() });
    expect((await fresh.listCalendars()).kind).toBe("calendars");
    expect((await fresh.listCalendars()).kind).toBe("calendars");
    await fresh.close();
    expect(asked()).toEqual(["nobody", "Digest", "Digest"].map((scheme) => `PROPFIND /calendars/nora/ ${scheme}`));
  });

  it("names a wrong password and a user it does not know", async () => {
    for (const wrong of [{ password: "wrong" }, { username: "nobody" }]) {
      expect(await testConnection({ ...account(), ...wrong, policy, logins: new LoginMemory() })).toMatchObject({ ok: false, code: "wrong_password", field: "password" });
    }
  });

  it("says when the account has no calendar for events", async () => {
    const empty = await startSabreDav({ user: "ann", password: "x" });
    try {
      const result = await testConnection({ serverUrl: empty.url, username: "ann", password: "x", policy, logins: new LoginMemory() });
      expect(result).toMatchObject({ ok: false, code: "no_calendars" });
    } finally {
      await empty.stop();
    }
  });

  it("says when somebody else's calendars are not for this user", async () => {
    const result = await testConnection({ ...account(), serverUrl: `${server.url}/principals/nobody/`, policy, logins });
    expect(result).toMatchObject({ ok: true, serverUrl: `${server.url}/calendars/nora/` });
    const { results } = await pullAll(provider, { calendarRemoteId: `${server.url}/calendars/somebody/work/` });
    expect(results).toEqual([{ kind: "gone" }]);
  });
});

describe("pulling", () => {
  it("reads everything once, then asks for the ctag only, then reads what changed", async () => {
    const request = { calendarRemoteId: remoteIdOf("work") };
    const first = await pullAll(provider, { ...request, pageSize: 2 });
    expect(first.changes.map((change) => change.kind === "upsert" && change.iCalUID)).toEqual(["e1", "e2", "e3"]);
    expect(first.cursor).toMatch(/^ctag .+/);
    let known = knownAfter(first.changes);
    let { cursor } = first;

    asked();
    const second = await pullAll(provider, { ...request, mode: "incremental", known, cursor });
    expect(second.pages).toMatchObject([{ changes: [], last: true, cursor }]);
    expect(asked()).toEqual(["PROPFIND /calendars/nora/work/ Digest"]);

    await server.put("work", "e2.ics", simpleEvent("e2", 2, "Moved"));
    await server.put("work", "e4.ics", simpleEvent("e4", 4));
    await server.delete("work", "e1.ics");
    const third = await pullAll(provider, { ...request, mode: "incremental", known, cursor });
    expect(third.changes).toMatchObject([
      { kind: "upsert", iCalUID: "e2", events: [{ title: "Moved" }] },
      { kind: "upsert", iCalUID: "e4" },
      { kind: "deleted", remoteId: "/calendars/nora/work/e1.ics", occurrence: null },
    ]);
    expect(third.pages[0]).toMatchObject({ listed: 3, deletions: 1 });
    known = knownAfter(third.changes, known);
    ({ cursor } = third);

    const fourth = await pullAll(provider, { ...request, mode: "incremental", known, cursor });
    expect(fourth.changes).toEqual([]);
  });

  it("leaves tasks in a mixed calendar out", async () => {
    await server.put("mixed", "task.ics", simpleEvent("task", 1).replaceAll("VEVENT", "VTODO").replace(/DTEND.*\r\n/, ""));
    await server.put("mixed", "event.ics", simpleEvent("event", 1));
    const { changes } = await pullAll(provider, { calendarRemoteId: remoteIdOf("mixed") });
    expect(changes.map(({ remoteId }) => remoteId)).toEqual(["/calendars/nora/mixed/event.ics"]);
  });

  it("stops when the password is withdrawn, and goes on with the new one", async () => {
    const request = { calendarRemoteId: remoteIdOf("work") };
    await pullAll(provider, request);
    server.setPassword("another horse");
    expect((await pullAll(provider, request)).results).toMatchObject([{ kind: "authRevoked", code: "wrong_password" }]);
    const renewed = caldavProvider({ ...account(), password: "another horse" }, { policy, logins });
    expect((await pullAll(renewed, request)).results.at(-1)).toMatchObject({ kind: "page", last: true });
    await renewed.close();
    server.setPassword(server.password);
  });
});
