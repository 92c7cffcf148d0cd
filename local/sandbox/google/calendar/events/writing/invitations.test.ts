import { type calendar_v3 } from "googleapis/build/src/apis/calendar";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startSandbox, type Sandbox } from "../../../../sandbox";
import { connected, listAll, refusalOf } from "../../../../testing/google-client";
import { emptyWorld, NORA } from "../../../../testing/empty-world";

const calendarId = "primary";
const OLA = { id: "100000000000000000002", email: "ola@example.com", name: "Ola Vik", timeZone: "Europe/Oslo" };

let sandbox: Sandbox;
let nora: calendar_v3.Calendar;
let ola: calendar_v3.Calendar;
let eventId: string;
beforeEach(async () => {
  const { accounts, calendars } = emptyWorld();
  const own = { key: OLA.email, name: OLA.email, description: null, timeZone: OLA.timeZone, color: "#16a765", kind: "primary" as const, events: [] };
  sandbox = await startSandbox({ port: 0, world: { accounts: [...accounts, OLA], calendars: [...calendars, { ...own, members: [{ email: OLA.email, role: "owner" }] }] } });
  nora = connected(sandbox, NORA.email);
  ola = connected(sandbox, OLA.email);
  const requestBody = { summary: "Lunch", start: { dateTime: "2026-03-10T12:00:00Z" }, end: { dateTime: "2026-03-10T13:00:00Z" }, attendees: [{ email: OLA.email }, { email: "outside@example.com" }] };
  eventId = (await nora.events.insert({ calendarId, requestBody })).data.id ?? "";
});
afterEach(() => sandbox.stop());

const seenBy = async (api: calendar_v3.Calendar) => (await api.events.get({ calendarId, eventId })).data;
const answerOf = ({ attendees }: calendar_v3.Schema$Event, email: string) => attendees?.find((each) => each.email === email)?.responseStatus;

describe("an invitation", () => {
  it("is in the guest's calendar under the same id and UID, as the organizer's event", async () => {
    const [own, copy] = [await seenBy(nora), await seenBy(ola)];
    expect(copy).toMatchObject({ iCalUID: own.iCalUID, summary: "Lunch", organizer: { email: NORA.email }, start: { dateTime: "2026-03-10T13:00:00+01:00" } });
    expect(copy.organizer?.self).toBeUndefined();
  });

  it("follows what the organizer changes, and ends with it", async () => {
    const { syncToken } = await listAll(ola, { calendarId });
    await ola.events.patch({ calendarId, eventId, requestBody: { colorId: "5" } });
    await nora.events.patch({ calendarId, eventId, requestBody: { summary: "Long lunch" } });
    expect((await listAll(ola, { calendarId, syncToken })).events).toMatchObject([{ summary: "Long lunch", colorId: "5" }]);
    await nora.events.delete({ calendarId, eventId });
    expect(await seenBy(ola)).toMatchObject({ status: "cancelled" });
  });

  it("stays with its guests when the organizer moves it to another calendar", async () => {
    const { data: other } = await nora.calendars.insert({ requestBody: { summary: "Other" } });
    await nora.events.move({ calendarId, eventId, destination: other.id ?? "" });
    expect(await seenBy(nora)).toMatchObject({ status: "cancelled" });
    expect(await seenBy(ola)).toMatchObject({ status: "confirmed", organizer: { email: other.id } });
  });

  it("leaves the calendar of somebody who is no longer invited", async () => {
    await nora.events.patch({ calendarId, eventId, requestBody: { attendees: [{ email: "outside@example.com" }] } });
    expect(await seenBy(ola)).toMatchObject({ status: "cancelled" });
    expect(await seenBy(nora)).toMatchObject({ status: "confirmed" });
  });

  it("brings the guest's answer to the organizer; deleting the copy is a refusal", async () => {
    const answer = (responseStatus: string) => ({ attendees: [{ email: OLA.email, responseStatus }, { email: "outside@example.com" }] });
    await ola.events.patch({ calendarId, eventId, requestBody: answer("accepted") });
    expect(answerOf(await seenBy(nora), OLA.email)).toBe("accepted");
    await ola.events.delete({ calendarId, eventId });
    expect(answerOf(await seenBy(nora), OLA.email)).toBe("declined");
    expect(await seenBy(nora)).toMatchObject({ status: "confirmed" });
  });

  it("cannot be changed by a guest in what belongs to all", async () => {
    expect(await refusalOf(ola.events.patch({ calendarId, eventId, requestBody: { summary: "Mine" } }))).toEqual({ status: 403, reason: "forbiddenForNonOrganizer" });
    await nora.events.patch({ calendarId, eventId, requestBody: { guestsCanModify: true } });
    await ola.events.patch({ calendarId, eventId, requestBody: { summary: "Ours" } });
    expect(await seenBy(ola)).toMatchObject({ summary: "Ours" });
  });
});
