import { CodeChallengeMethod, type OAuth2Client } from "google-auth-library";
import { type calendar_v3 } from "googleapis/build/src/apis/calendar";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startSandbox, type Sandbox } from "./sandbox";
import { MARA_WORK } from "./seed/people";
import { calendarClient, listAll, oauthClient, refusalOf, valid } from "./testing/google-client";
import { startReceiver, type Receiver } from "./testing/receiver";

const SCOPES = ["openid", "email", "https://www.googleapis.com/auth/calendar.readonly", "https://www.googleapis.com/auth/calendar.events"];
const REDIRECT = "http://127.0.0.1:4999/api/oauth/google/callback";
const HOLIDAYS = "en.german#holiday@group.v.calendar.google.com";

let sandbox: Sandbox;
let receiver: Receiver;
let auth: OAuth2Client;
let api: calendar_v3.Calendar;
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, today: "2026-03-10", retryDelaysMs: [5, 5, 5] });
  receiver = await startReceiver();
  auth = oauthClient(sandbox.url, REDIRECT);
  api = calendarClient(sandbox.url, auth);
});
afterAll(async () => {
  await sandbox?.stop();
  await receiver?.stop();
});

/** Presses a button of the consent page, and follows to where it leads. */
async function consent(authorizeUrl: string, decision: "allow" | "deny", accountId: string): Promise<URL> {
  const shown = await fetch(authorizeUrl);
  const text = await shown.text();
  const request = /name="request" value="([^"]+)"/.exec(text)?.[1] ?? "";
  const scopes = [...text.matchAll(/name="scope" value="([^"]+)"/g)].map(([, scope = ""]) => ["scope", scope]);
  const body = new URLSearchParams([["request", request], ["account", accountId], ["decision", decision], ...scopes]);
  const answer = await fetch(`${sandbox.url}/google/o/oauth2/v2/auth/decision`, { method: "POST", body, redirect: "manual" });
  expect(answer.status).toBe(303);
  return new URL(answer.headers.get("location") ?? "");
}

// One person's way through: each test goes on where the one before it ended.
describe("Google's own client libraries at the sandbox", () => {
  let syncToken: string;
  let channel: calendar_v3.Schema$Channel;

  it("lead through consent to tokens, with PKCE and a code that works once", async () => {
    const { codeVerifier, codeChallenge } = await auth.generateCodeVerifierAsync();
    const authorizeUrl = auth.generateAuthUrl({
      access_type: "offline",
      prompt: "consent",
      scope: SCOPES,
      state: "state of this test",
      code_challenge: codeChallenge ?? "",
      code_challenge_method: CodeChallengeMethod.S256,
    });
    const denied = await consent(authorizeUrl, "deny", MARA_WORK.id);
    expect(Object.fromEntries(denied.searchParams)).toMatchObject({ error: "access_denied", state: "state of this test" });

    const allowed = await consent(authorizeUrl, "allow", MARA_WORK.id);
    expect(`${allowed.origin}${allowed.pathname}`).toBe(REDIRECT);
    expect(allowed.searchParams.get("state")).toBe("state of this test");
    const code = allowed.searchParams.get("code") ?? "";
    const { tokens } = await auth.getToken({ code, codeVerifier });
    expect(tokens).toMatchObject({ token_type: "Bearer", refresh_token: expect.stringMatching(/^1\/\//), access_token: expect.stringMatching(/^ya29\./) });
    expect(tokens.scope?.split(" ")).toContain("https://www.googleapis.com/auth/calendar.events");
    await expect(auth.getToken({ code, codeVerifier })).rejects.toThrow(/invalid_grant/);

    const ticket = await auth.verifyIdToken({ idToken: tokens.id_token ?? "", audience: auth._clientId ?? "" });
    expect(ticket.getPayload()).toMatchObject({ sub: MARA_WORK.id, email: MARA_WORK.email, email_verified: true });
    auth.setCredentials(tokens);
  });

  it("refuse a wrong code verifier", async () => {
    const { codeChallenge } = await auth.generateCodeVerifierAsync();
    const url = auth.generateAuthUrl({ scope: SCOPES, code_challenge: codeChallenge ?? "", code_challenge_method: CodeChallengeMethod.S256 });
    const code = (await consent(url, "allow", MARA_WORK.id)).searchParams.get("code") ?? "";
    await expect(auth.getToken({ code, codeVerifier: "x".repeat(64) })).rejects.toThrow(/invalid_grant/);
  });

  it("refresh by themselves, and learn of a rotated refresh token by their event", async () => {
    sandbox.control.google.changeSettings({ rotateRefreshTokens: true });
    const first = auth.credentials.refresh_token ?? "";
    // The library forgets a new refresh token right after it has told of it.
    let second = "";
    auth.once("tokens", ({ refresh_token: rotated }) => void (second = rotated ?? ""));
    sandbox.control.google.expireAccessTokens(MARA_WORK.email);
    await api.calendarList.list();
    expect(second).toMatch(/^1\/\//);
    expect(second).not.toBe(first);
    const late = oauthClient(sandbox.url, REDIRECT);
    late.setCredentials({ refresh_token: first });
    await expect(late.getAccessToken()).rejects.toMatchObject({ response: { status: 400, data: { error: "invalid_grant" } } });
    auth.setCredentials({ ...auth.credentials, refresh_token: second });
    sandbox.control.google.changeSettings({ rotateRefreshTokens: false });
  });

  it("list the calendars and every event of each, page by page", async () => {
    const { items = [] } = await valid("CalendarList", api.calendarList.list());
    expect(items.map(({ summary, accessRole, primary }) => [summary, accessRole, primary ?? false])).toEqual([
      [MARA_WORK.email, "owner", true],
      ["Product team", "writer", false],
      ["Holidays in Germany", "reader", false],
    ]);
    for (const { id } of items) {
      const { events, pages, syncToken: token } = await listAll(api, { calendarId: id ?? "", maxResults: 40 });
      expect(events.length).toBe(sandbox.control.google.stored(id ?? "").length);
      expect(pages).toBe(Math.ceil(events.length / 40));
      if (id === MARA_WORK.email) syncToken = token ?? "";
    }
    await valid("Colors", api.colors.get());
    await valid("Settings", api.settings.list());
    await valid("Calendar", api.calendars.get({ calendarId: "primary" }));
  });

  it("watch a calendar, hear of a change and read just that", async () => {
    channel = await valid("Channel", api.events.watch({ calendarId: "primary", requestBody: { id: "channel-1", type: "web_hook", address: receiver.url, token: "of the channel", params: { ttl: "3600" } } }));
    expect(Number(channel.expiration) - Date.now()).toBeLessThanOrEqual(3_600_000);
    const sync = await receiver.next();
    expect(sync.body).toBe("");
    expect(sync.headers).toMatchObject({ "x-goog-resource-state": "sync", "x-goog-message-number": "1", "x-goog-channel-token": "of the channel", "x-goog-resource-id": channel.resourceId });

    const added = await valid("Event", api.events.insert({ calendarId: "primary", requestBody: { summary: "Ad hoc", start: { dateTime: "2026-03-12T10:00:00+01:00" }, end: { dateTime: "2026-03-12T11:00:00+01:00" } } }));
    const notified = await receiver.next();
    expect(notified.headers).toMatchObject({ "x-goog-resource-state": "exists", "x-goog-channel-id": "channel-1" });
    expect(Number(notified.headers["x-goog-message-number"])).toBeGreaterThan(1);

    const delta = await listAll(api, { calendarId: "primary", syncToken });
    expect(delta.events.map(({ id, summary }) => [id, summary])).toEqual([[added.id, "Ad hoc"]]);

    await api.events.delete({ calendarId: "primary", eventId: added.id ?? "" });
    await receiver.next();
    const gone = await listAll(api, { calendarId: "primary", syncToken: delta.syncToken ?? "" });
    expect(gone.events).toMatchObject([{ id: added.id, status: "cancelled" }]);
    expect(gone.events[0]?.summary).toBeUndefined();
    syncToken = gone.syncToken ?? "";
    expect((await listAll(api, { calendarId: "primary", syncToken })).events).toEqual([]);
  });

  it("get a notification again after a 503, and not after a 400", async () => {
    const before = receiver.received.length;
    receiver.answerWith(503, 502, 200);
    sandbox.control.google.addEvent(MARA_WORK.email, { summary: "Tried three times", start: { date: "2026-04-01" }, end: { date: "2026-04-02" } });
    await sandbox.control.idle();
    const numbers = receiver.received.slice(before).map(({ headers }) => headers["x-goog-message-number"]);
    expect(numbers).toHaveLength(3);
    expect(new Set(numbers).size).toBe(1);
    receiver.answerWith(400);
    sandbox.control.google.addEvent(MARA_WORK.email, { summary: "Tried once", start: { date: "2026-04-01" }, end: { date: "2026-04-02" } });
    await sandbox.control.idle();
    expect(receiver.received.length).toBe(before + 4);
  });

  it("are told what cannot be watched, and how", async () => {
    const watch = (calendarId: string, requestBody: calendar_v3.Schema$Channel) => refusalOf(api.events.watch({ calendarId, requestBody: { type: "web_hook", ...requestBody } }));
    expect(await watch(HOLIDAYS, { id: "h", address: receiver.url })).toEqual({ status: 400, reason: "pushNotSupportedForRequestedResource" });
    expect(await watch("primary", { id: "channel-1", address: receiver.url })).toEqual({ status: 400, reason: "channelIdNotUnique" });
    expect(await watch("primary", { id: "n", address: "http://example.com/callback" })).toEqual({ status: 400, reason: "push.webhookUrlNotHttps" });
    expect(await watch("primary", { id: "n", address: "https://example.com/callback" })).toEqual({ status: 401, reason: "push.webhookUrlUnauthorized" });
  });

  it("are told what a person changes in the list, by its channel and sync token, but not of renamed calendars", async () => {
    const { nextSyncToken } = await valid("CalendarList", api.calendarList.list());
    await valid("Channel", api.calendarList.watch({ requestBody: { id: "list-1", type: "web_hook", address: receiver.url } }));
    await sandbox.control.idle();
    const before = receiver.received.length;
    const team = (await api.calendarList.list()).data.items?.[1]?.id ?? "";
    const since = async () => (await valid("CalendarList", api.calendarList.list({ syncToken: nextSyncToken ?? "" }))).items;
    sandbox.control.google.renameCalendar(team, "Product");
    expect(await since()).toEqual([]);
    expect((await valid("CalendarList", api.calendarList.list())).items?.[1]?.summary).toBe("Product");
    sandbox.control.google.changeSettings({ listsTellRenames: true });
    sandbox.control.google.renameCalendar(team, "Products");
    await sandbox.control.idle();
    expect(receiver.received.slice(before).map(({ headers }) => headers["x-goog-channel-id"])).toEqual(["list-1"]);
    expect(await since()).toMatchObject([{ id: team, summary: "Products" }]);
  });

  it("must read everything again when the sync token has expired", async () => {
    sandbox.control.google.expireCursors(MARA_WORK.email);
    expect(await refusalOf(api.events.list({ calendarId: "primary", syncToken }))).toEqual({ status: 410, reason: "fullSyncRequired" });
    expect((await listAll(api, { calendarId: "primary" })).events.length).toBeGreaterThan(100);
  });

  it("stop a channel, after which nothing comes", async () => {
    const { id, resourceId } = channel;
    await api.channels.stop({ requestBody: { id: id ?? "", resourceId: resourceId ?? "" } });
    expect(await refusalOf(api.channels.stop({ requestBody: { id: id ?? "", resourceId: resourceId ?? "" } }))).toEqual({ status: 404, reason: "notFound" });
    const before = receiver.received.length;
    sandbox.control.google.addEvent(MARA_WORK.email, { summary: "Unheard", start: { date: "2026-04-01" }, end: { date: "2026-04-02" } });
    await sandbox.control.idle();
    expect(receiver.received.length).toBe(before);
  });

  it("lose everything when access is revoked", async () => {
    const token = auth.credentials.refresh_token ?? "";
    await auth.revokeToken(token);
    await expect(api.calendarList.list()).rejects.toMatchObject({ response: { status: 400, data: { error: "invalid_grant" } } });
    // Five watches were tried, one of them twice: the client takes its 401 for an old token.
    expect(sandbox.control.calls.counts()).toMatchObject({ "calendar.events.watch": 6, "oauth.revoke": 1, "oauth.token.authorization_code": 3 });
  });
});
