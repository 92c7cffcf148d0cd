import { type calendar_v3 } from "googleapis/build/src/apis/calendar";
import { describe, expect, it } from "vitest";
import { type Sandbox } from "../../sandbox";
import { NORA } from "../../testing/empty-world";
import { refusalOf, valid } from "../../testing/google-client";
import { startReceiver } from "../../testing/receiver";
import { sandboxPerTest } from "../../testing/sandbox-per-test";

let sandbox: Sandbox;
let api: calendar_v3.Calendar;
sandboxPerTest((given) => ({ sandbox, api } = given));

const list = (parameters: calendar_v3.Params$Resource$Calendarlist$List = {}) => valid("CalendarList", api.calendarList.list(parameters));
const add = (summary: string) => valid("Calendar", api.calendars.insert({ requestBody: { summary, timeZone: "Asia/Tokyo" } }));

describe("the calendar list", () => {
  it("gains a calendar that is made, and says so to whoever has a sync token", async () => {
    const { nextSyncToken } = await list();
    const made = await add("Garden");
    expect((await list({ syncToken: nextSyncToken ?? "" })).items).toMatchObject([{ id: made.id, summary: "Garden", timeZone: "Asia/Tokyo", accessRole: "owner" }]);
  });

  it("tells a deleted calendar as deleted, and its channel that it does not exist", async () => {
    const receiver = await startReceiver();
    const { id } = await add("Short-lived");
    const calendarId = id ?? "";
    await api.events.watch({ calendarId, requestBody: { id: "c", type: "web_hook", address: receiver.url } });
    const { nextSyncToken } = await list();
    await api.calendars.delete({ calendarId });
    await sandbox.control.idle();
    expect(receiver.received.map(({ headers }) => headers["x-goog-resource-state"])).toEqual(["sync", "not_exists"]);
    const { items } = await list({ syncToken: nextSyncToken ?? "" });
    expect(items).toMatchObject([{ id, deleted: true }]);
    expect(items?.[0]?.summary).toBeUndefined();
    expect(await refusalOf(api.events.list({ calendarId }))).toEqual({ status: 404, reason: "notFound" });
    await receiver.stop();
  });

  it("comes in pages, of which the last has the sync token", async () => {
    await add("One");
    await add("Two");
    const first = await list({ maxResults: 3 });
    expect(first.nextSyncToken).toBeUndefined();
    const second = await list({ maxResults: 3, pageToken: first.nextPageToken ?? "" });
    expect([...(first.items ?? []), ...(second.items ?? [])].map(({ summary }) => summary)).toEqual([NORA.email, "Holidays", "One", "Two"]);
    expect(second.nextSyncToken).toBeDefined();
  });

  it("leaves out what is hidden or below the asked role, and shows a name of one's own", async () => {
    const { id } = await add("Plain");
    const calendarId = id ?? "";
    await valid("CalendarListEntry", api.calendarList.patch({ calendarId, requestBody: { summaryOverride: "Mine", hidden: true } }));
    expect((await list()).items?.map((each) => each.id)).not.toContain(calendarId);
    expect((await list({ showHidden: true })).items?.at(-1)).toMatchObject({ summary: "Plain", summaryOverride: "Mine", hidden: true });
    expect((await list({ minAccessRole: "writer" })).items?.map(({ summary }) => summary)).toEqual([NORA.email]);
  });

  it("has expired cursors and refused combinations too", async () => {
    const { nextSyncToken } = await list();
    const syncToken = nextSyncToken ?? "";
    expect(await refusalOf(api.calendarList.list({ syncToken, minAccessRole: "owner" }))).toMatchObject({ status: 400 });
    expect(await refusalOf(api.calendarList.list({ syncToken: "nonsense" }))).toMatchObject({ status: 400 });
    sandbox.control.google.expireCursors(null);
    expect(await refusalOf(api.calendarList.list({ syncToken }))).toEqual({ status: 410, reason: "fullSyncRequired" });
  });

  it("keeps the primary calendar", async () => {
    expect(await refusalOf(api.calendarList.delete({ calendarId: "primary" }))).toMatchObject({ status: 400 });
    expect(await refusalOf(api.calendars.delete({ calendarId: "primary" }))).toMatchObject({ status: 400 });
  });
});

describe("what nobody should send", () => {
  it.each(["__proto__", "constructor", "../../etc/passwd", "%00", "a/b"])("finds no calendar called %s", async (calendarId) => {
    expect(await refusalOf(api.events.list({ calendarId }))).toMatchObject({ status: 404 });
  });

  it("is refused with a reason: no JSON, too much of it, no token", async () => {
    const { accessToken } = sandbox.control.google.connect(NORA.email, ["https://www.googleapis.com/auth/calendar"]);
    const send = (body: string, authorization = `Bearer ${accessToken}`) =>
      fetch(`${sandbox.url}/calendar/v3/calendars/primary/events`, { method: "POST", headers: { authorization }, body });
    expect((await send("{ half a")).status).toBe(400);
    expect((await send(`"${"x".repeat(1_000_000)}"`)).status).toBe(413);
    const stranger = await send("{}", "Bearer nobody");
    expect(stranger.status).toBe(401);
    expect(stranger.headers.get("www-authenticate")).toContain("invalid_token");
    expect((await fetch(`${sandbox.url}/calendar/v3/nothing`)).status).toBe(404);
  });
});
