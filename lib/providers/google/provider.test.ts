import { beforeEach, describe, expect, it } from "vitest";
import { startReceiver, type Receiver } from "../../../local/sandbox/testing/receiver";
import type { Sandbox } from "../../../local/sandbox/sandbox";
import type { ProviderChannels, ProviderFailure } from "../port";
import { pullAll } from "../testing/collect";
import { googleProvider } from "./provider";
import { type CountedProvider, HOLIDAYS, sandboxAccountPerTest, type SandboxAccount } from "./testing/sandbox-account";

let account: SandboxAccount;
let sandbox: Sandbox;
let provider: CountedProvider;
sandboxAccountPerTest((given) => {
  account = given;
  ({ sandbox, provider } = given);
});

const kinds = () => sandbox.control.calls.counts();

describe("the list of calendars", () => {
  it("has what the person sees in it", async () => {
    expect(await provider.listCalendars()).toEqual({
      kind: "calendars",
      calendars: [
        { remoteId: account.calendar, name: "nora@example.com", description: null, color: expect.stringMatching(/^#[0-9a-f]{6}$/), timeZone: "Europe/Berlin", accessRole: "owner" },
        { remoteId: HOLIDAYS, name: "Holidays", description: null, color: expect.stringMatching(/^#[0-9a-f]{6}$/), timeZone: "Europe/Berlin", accessRole: "reader" },
      ],
    });
  });

  it("tells a calendar's new name", async () => {
    sandbox.control.google.renameCalendar(account.calendar, "Nora's year");
    expect(await provider.listCalendars()).toMatchObject({ calendars: [{ name: "Nora's year" }, { name: "Holidays" }] });
  });

  it("is read page by page", async () => {
    sandbox.control.faults.add({ match: "calendar.calendarList.list", effect: { do: "pages", shape: "empty" } });
    const listed = await provider.listCalendars();
    expect(listed).toMatchObject({ calendars: [{ remoteId: account.calendar }, { remoteId: HOLIDAYS }] });
    expect(provider.callsMade()).toBe(2);
  });

  it.each([
    ["not_json", "unreadable_answer"],
    ["missing_fields", "incomplete_answer"],
  ] as const)("is a failure when the answer is %s", async (effect, code) => {
    sandbox.control.faults.add({ match: "calendar.calendarList.list", effect: { do: effect } });
    expect(await provider.listCalendars()).toMatchObject({ kind: "unavailable", code });
  });
});

describe("the access token", () => {
  it("is asked for once, and replaced once when Google takes it no more", async () => {
    await provider.listCalendars();
    sandbox.control.google.expireAccessTokens("nora@example.com");
    expect((await provider.listCalendars()).kind).toBe("calendars");
    expect((await provider.listCalendars()).kind).toBe("calendars");
    expect(account.rejected).toHaveLength(1);
    expect(provider.callsMade()).toBe(4);
  });

  it("that is refused even when it is new ends in a failure that says what to do", async () => {
    sandbox.control.faults.add({ match: "calendar.*", effect: { do: "status", status: 401 } });
    const { results } = await pullAll(provider, { calendarRemoteId: account.calendar });
    expect(results).toMatchObject([{ kind: "authRevoked", code: "sign_in_refused", action: expect.stringContaining("Reconnect") }]);
    expect(account.rejected).toHaveLength(1);
  });

  it("that cannot be had ends a run with the reason why", async () => {
    const revoked: ProviderFailure = { kind: "authRevoked", code: "invalid_grant", message: "Withdrawn.", action: "Reconnect." };
    const lost = account.open({ accessToken: async () => revoked });
    expect(await lost.listCalendars()).toEqual(revoked);
    expect(lost.callsMade()).toBe(0);
    const tired = account.open({ accessToken: async (rejected) => (rejected === undefined ? { kind: "token", accessToken: "stale" } : revoked) });
    expect(await tired.listCalendars()).toEqual(revoked);
    expect(tired.callsMade()).toBe(1);
  });
});

describe("calls that fail", () => {
  it.each<[string, Parameters<Sandbox["control"]["faults"]["add"]>[0]["effect"], object]>([
    ["403 userRateLimitExceeded", { do: "status", status: 403 }, { kind: "rateLimited", code: "rate_limited", retryAfterMs: null }],
    ["403 with Retry-After", { do: "status", status: 403, reason: "quotaExceeded", retryAfterSeconds: 30 }, { kind: "rateLimited", retryAfterMs: 30_000 }],
    ["429", { do: "status", status: 429, retryAfterSeconds: 7 }, { kind: "rateLimited", retryAfterMs: 7_000 }],
    ["403 insufficientPermissions", { do: "status", status: 403, reason: "insufficientPermissions" }, { kind: "rejected", code: "scope_missing" }],
    ["500", { do: "status", status: 500 }, { kind: "unavailable", code: "server_error" }],
    ["503 with Retry-After", { do: "status", status: 503, retryAfterSeconds: 9 }, { kind: "unavailable", retryAfterMs: 9_000 }],
    ["a slow answer", { do: "slow", delayMs: 2_000 }, { kind: "unavailable", code: "timed_out" }],
    ["a lost answer", { do: "lose_answer" }, { kind: "unavailable", code: "unreachable" }],
  ])("say what happened, after one attempt: %s", async (_, effect, expected) => {
    const hasty = account.open({ timeoutMs: 300 });
    sandbox.control.faults.add({ match: "calendar.calendarList.list", effect });
    expect(await hasty.listCalendars()).toMatchObject(expected);
    expect(hasty.callsMade()).toBe(1);
  });

  it("are of no more use where nothing listens", async () => {
    const nowhere = googleProvider({ accessToken: async () => ({ kind: "token", accessToken: "t" }), sandboxUrl: "http://127.0.0.1:1" });
    expect(await nowhere.listCalendars()).toMatchObject({ kind: "unavailable", code: "unreachable" });
    await nowhere.close();
  });

  it("hold nothing secret in what they say", async () => {
    sandbox.control.google.addEvent(account.calendar, { summary: "Very secret", start: { date: "2026-03-10" }, end: { date: "2026-03-11" } });
    const said: unknown[] = [];
    for (const effect of [{ do: "status", status: 500 }, { do: "not_json" }, { do: "missing_fields" }, { do: "lose_answer" }] as const) {
      sandbox.control.calm();
      sandbox.control.faults.add({ match: "calendar.*", effect });
      said.push(await provider.listCalendars(), await pullAll(provider, { calendarRemoteId: account.calendar }));
    }
    expect(JSON.stringify(said)).not.toMatch(/secret|ya29|Bearer|nora@|127\.0\.0\.1/i);
  });
});

describe("the budget of outgoing calls", () => {
  const spent: ProviderFailure = { kind: "rateLimited", code: "budget_spent", message: "Enough for now.", action: "Nothing to do.", retryAfterMs: 5_000 };

  it("ends a run where it stands, with its own words", async () => {
    for (let n = 0; n < 5; n += 1) sandbox.control.google.addEvent(account.calendar, { summary: `E${n}`, start: { date: "2026-03-10" }, end: { date: "2026-03-11" } });
    let left = 2;
    const thrifty = account.open({ pageSizes: { first: 2, later: 2 }, reserveCall: async () => ((left -= 1) < 0 ? spent : null) });
    const { results } = await pullAll(thrifty, { calendarRemoteId: account.calendar });
    expect(results.map(({ kind }) => kind)).toEqual(["page", "page", "rateLimited"]);
    expect(results.at(-1)).toEqual(spent);
    expect(thrifty.callsMade()).toBe(2);
    expect(kinds()["calendar.events.list"]).toBe(2);
  });
});

describe("where calls go", () => {
  it("is Google or the stand-in, and nothing that they redirect to", async () => {
    const { createServer } = await import("node:http");
    const elsewhere = await startReceiver();
    const redirecting = createServer((_, response) => response.writeHead(302, { location: elsewhere.url }).end());
    await new Promise<void>((resolve) => redirecting.listen(0, "127.0.0.1", resolve));
    const address = redirecting.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const led = account.open({ sandboxUrl: `http://127.0.0.1:${port}` });
    expect(await led.listCalendars()).toMatchObject({ kind: "unavailable" });
    expect(elsewhere.received).toEqual([]);
    redirecting.closeAllConnections();
    redirecting.close();
    await elsewhere.stop();
  });

  it.each(["", "localhost:1", "ftp://127.0.0.1/", "http://127.0.0.1:1/path"])("cannot be %j", (sandboxUrl) => {
    expect(() => account.open({ sandboxUrl })).toThrow(/GOOGLE_SANDBOX_URL/);
  });
});

describe("channels", () => {
  let channels: ProviderChannels;
  let receiver: Receiver;
  beforeEach(async () => {
    receiver = await startReceiver();
    if (provider.channels === undefined) throw new Error("Google has channels");
    channels = provider.channels;
    return () => receiver.stop();
  });
  const watch = (more: object = {}) => channels.watch({ calendarRemoteId: account.calendar, channelId: "channel-1", token: "of-ours", address: receiver.url, ...more });

  it("announce changes of a calendar until they are stopped", async () => {
    const watching = await watch();
    if (watching.kind !== "watching") throw new Error(JSON.stringify(watching));
    const lifetime = (watching.expiresAt ?? 0) - Date.now();
    expect(lifetime).toBeGreaterThan(6 * 86_400_000);
    expect(lifetime).toBeLessThanOrEqual(7 * 86_400_000);
    expect((await receiver.next()).headers).toMatchObject({ "x-goog-resource-state": "sync", "x-goog-channel-token": "of-ours", "x-goog-resource-id": watching.resourceId });
    sandbox.control.google.addEvent(account.calendar, { summary: "New", start: { date: "2026-03-10" }, end: { date: "2026-03-11" } });
    expect((await receiver.next()).headers).toMatchObject({ "x-goog-resource-state": "exists", "x-goog-channel-id": "channel-1" });

    const channel = { channelId: "channel-1", resourceId: watching.resourceId };
    expect(await channels.stop(channel)).toEqual({ kind: "stopped" });
    expect(await channels.stop(channel)).toEqual({ kind: "stopped" });
    sandbox.control.google.addEvent(account.calendar, { summary: "Unheard", start: { date: "2026-03-10" }, end: { date: "2026-03-11" } });
    await sandbox.control.idle();
    expect(receiver.received).toHaveLength(2);
  });

  it("announce changes of the list of calendars", async () => {
    expect(await watch({ calendarRemoteId: null })).toMatchObject({ kind: "watching" });
    expect((await receiver.next()).headers["x-goog-resource-uri"]).toContain("calendarList");
    expect(kinds()["calendar.calendarList.watch"]).toBe(1);
  });

  it("are not to be had for holidays, and nothing is wrong with that", async () => {
    expect(await watch({ calendarRemoteId: HOLIDAYS })).toEqual({ kind: "unwatchable" });
  });

  it("need a name of their own and an address that Google calls", async () => {
    await watch();
    expect(await watch()).toMatchObject({ kind: "rejected", code: "channel_id_taken" });
    expect(await watch({ channelId: "c2", address: "http://example.com/hook" })).toMatchObject({ kind: "rejected", code: "callback_not_https" });
    expect(await watch({ channelId: "c3", address: "https://example.com/hook" })).toMatchObject({ kind: "rejected", code: "callback_not_allowed" });
    expect(account.rejected).toEqual([]);
  });

  it("fail like other calls", async () => {
    sandbox.control.faults.add({ match: "calendar.events.watch", effect: { do: "missing_fields" } });
    expect(await watch()).toMatchObject({ kind: "unavailable", code: "incomplete_answer" });
    sandbox.control.faults.add({ match: "calendar.channels.stop", effect: { do: "status", status: 503 } });
    expect(await channels.stop({ channelId: "channel-1", resourceId: "r" })).toMatchObject({ kind: "unavailable" });
  });
});
