import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { api, internal } from "../../convex/_generated/api";
import type { Id } from "../../convex/_generated/dataModel";
import { emptyWorld, NORA } from "../../local/sandbox/testing/empty-world";
import { browserOf } from "../support/google/signing-in";
import { startWorkplace, type Workplace } from "../support/google/workplace";
import { letPass } from "../support/aging";
import { PROJECTED, seen } from "../support/seen";
import { adminClient, stored } from "../support/stored";
import { calendarNamed, CONTENT } from "../support/workspace";

/*
 * One person, the stand-in for Google, one embedded deployment and the real webhook route: from consent to every event in
 * view, and every change at Google after it. The tests build on each other.
 */

const MONTHS = ["2026-05", "2026-06"];
const at = (local: string) => ({ dateTime: local, timeZone: NORA.timeZone });
/** From nine to ten in Berlin, which is seven to eight in UTC. */
const meeting = (summary: string, day: string, more: object = {}) => ({ summary, start: at(`${day}T09:00:00`), end: at(`${day}T10:00:00`), ...more });

/** After which every watched calendar is looked at, whatever was heard of it. */
const DAY_AND_HOUR_MS = 25 * 60 * 60_000;

let place: Workplace;
let calendarId: Id<"calendars">;
let connectionId: Id<"providerConfigs">;

beforeAll(async () => {
  place = await startWorkplace({ world: emptyWorld() });
  const { google } = place.sandbox.control;
  google.addEvent(NORA.email, meeting("Kick-off", "2026-05-04"));
  google.addEvent(NORA.email, meeting("Stand-up", "2026-05-11", { recurrence: ["RRULE:FREQ=DAILY;COUNT=5"] }));
  connectionId = await place.connect(NORA);
  calendarId = await calendarNamed(place.visitor, NORA.email);
  await place.settled();
});
afterAll(() => place?.dispose());

const view = () => seen(place.visitor, calendarId, MONTHS);
const desk = () => place.sandbox.control.google;
const eventNamed = (title: string) => {
  const found = desk().stored(NORA.email).find((event) => event.summary === title);
  if (!found?.id) throw new Error(`There is no event ${title}`);
  return found.id;
};
const watchOf = async (id: string) => (await stored(place.backend, "calendarWatches")).find((row) => row.calendarId === id);

describe("a connected Google account", () => {
  it("has all of its events in view, watches what can be watched and polls what cannot, and is healthy", async () => {
    await expect.poll(view, PROJECTED).toEqual([
      "2026-05-04T07:00:00Z Kick-off",
      ...["11", "12", "13", "14", "15"].map((day) => `2026-05-${day}T07:00:00Z Stand-up`),
    ]);
    const calendars = await place.visitor.client.query(api.calendars.list.list, {});
    const holidays = calendars.find(({ name }) => name === "Holidays");
    expect(await watchOf(calendarId)).toMatchObject({ mode: "webhook", reason: null, failures: 0 });
    expect(await watchOf(holidays?.calendarId ?? "")).toMatchObject({ mode: "polling", reason: null, unwatchable: true });
    const [card] = await place.visitor.client.query(api.connections.list.list, {});
    expect(card).toMatchObject({ status: "active", reason: null });
    expect(desk().channels()).toHaveLength(2);
  });

  it("stores neither a token nor a channel's secret in clear", async () => {
    const { accessToken, refreshToken } = desk().connect(NORA.email, []);
    const everything = JSON.stringify([await stored(place.backend, "providerCredentials"), await stored(place.backend, "webhookSubscriptions")]);
    for (const prefix of [accessToken.slice(0, 8), refreshToken.slice(0, 5)]) expect(everything).not.toContain(prefix);
    for (const { token } of desk().channels()) expect(everything).not.toContain(token);
  });

  it("shows what is added, moved, renamed and deleted at Google, by itself and with one call for each", async () => {
    desk().addEvent(NORA.email, meeting("Lunch with Ana", "2026-06-02"));
    await expect.poll(view, PROJECTED).toContain("2026-06-02T07:00:00Z Lunch with Ana");
    desk().changeEvent(NORA.email, eventNamed("Lunch with Ana"), meeting("Lunch with Bo", "2026-06-03"));
    await expect.poll(view, PROJECTED).toContain("2026-06-03T07:00:00Z Lunch with Bo");
    await place.settled();
    place.sandbox.control.calls.reset();
    desk().deleteEvent(NORA.email, eventNamed("Lunch with Bo"));
    await expect.poll(view, PROJECTED).not.toContain("2026-06-03T07:00:00Z Lunch with Bo");
    await place.settled();
    expect(place.sandbox.control.calls.counts()).toEqual({ "calendar.events.list": 1 });
    const jobs = await stored(place.backend, "syncJobs");
    expect(jobs.at(-1)).toMatchObject({ type: "webhook_sync", status: "completed", result: { syncType: "webhook", deleted: 1 } });
  });

  it("case 14: loses one instance alone when a moved exception is cancelled", async () => {
    const { items } = { items: desk().events(NORA.email, { timeMin: Date.parse("2026-05-12T00:00Z"), timeMax: Date.parse("2026-05-13T00:00Z") }) };
    const instance = items.find((event) => event.summary === "Stand-up")?.id ?? "";
    desk().changeEvent(NORA.email, instance, { summary: "Stand-up, late", start: at("2026-05-12T15:00:00"), end: at("2026-05-12T16:00:00") });
    await expect.poll(view, PROJECTED).toContain("2026-05-12T13:00:00Z Stand-up, late");
    desk().deleteEvent(NORA.email, instance);
    await expect.poll(view, PROJECTED).toEqual([
      "2026-05-04T07:00:00Z Kick-off",
      ...["11", "13", "14", "15"].map((day) => `2026-05-${day}T07:00:00Z Stand-up`),
    ]);
  });

  it("case 13: has the old tail gone and the new series once after a split, and does not grow when it is read again", async () => {
    const series = eventNamed("Stand-up");
    desk().changeEvent(NORA.email, series, { recurrence: ["RRULE:FREQ=DAILY;UNTIL=20260513T215959Z"] });
    desk().addEvent(NORA.email, meeting("Stand-up, new", "2026-05-14", { recurrence: ["RRULE:FREQ=DAILY;COUNT=3"] }));
    const split = [
      "2026-05-04T07:00:00Z Kick-off",
      ...["11", "13"].map((day) => `2026-05-${day}T07:00:00Z Stand-up`),
      ...["14", "15", "16"].map((day) => `2026-05-${day}T07:00:00Z Stand-up, new`),
    ].sort();
    await expect.poll(view, PROJECTED).toEqual(split);
    await place.settled();
    const before = await Promise.all(CONTENT.map((table) => stored(place.backend, table)));
    await place.visitor.client.mutation(api.calendars.rebuild.request, { calendarId });
    await place.settled();
    expect(await Promise.all(CONTENT.map((table) => stored(place.backend, table)))).toEqual(before);
    expect(await view()).toEqual(split);
  });

  it("case 16: writes nothing when nothing has changed, with one call for the calendar", async () => {
    desk().addEvent(NORA.email, { summary: "Holiday", start: { date: "2026-06-10" }, end: { date: "2026-06-13" } });
    await expect.poll(view, PROJECTED).toContain("2026-06-10 Holiday");
    await place.settled();
    const before = await Promise.all(CONTENT.map((table) => stored(place.backend, table)));
    place.sandbox.control.calls.reset();
    await place.visitor.client.mutation(api.connections.manage.syncNow, { connectionId });
    await place.settled();
    expect(await Promise.all(CONTENT.map((table) => stored(place.backend, table)))).toEqual(before);
    expect(place.sandbox.control.calls.counts()).toEqual({ "calendar.calendarList.list": 1, "calendar.events.list": 2 });
  });

  it("case 5: loses what was deleted while its cursor expired, and only that", async () => {
    const kept = (await view()).filter((sight) => !sight.endsWith("Kick-off"));
    place.sandbox.control.changeNotificationFaults({ drop: 1 });
    desk().deleteEvent(NORA.email, eventNamed("Kick-off"));
    desk().expireCursors(null);
    await place.sandbox.control.idle();
    place.sandbox.control.calm();
    await place.visitor.client.mutation(api.connections.manage.syncNow, { connectionId });
    await place.settled();
    await expect.poll(view, PROJECTED).toEqual(kept);
  });

  it("case 6: keeps everything when Google suddenly lists nothing, says so, and goes on when a person lets it through", async () => {
    for (let day = 1; day <= 24; day += 1) desk().addEvent(NORA.email, meeting(`Call ${day}`, `2026-06-${String(day).padStart(2, "0")}`));
    await expect.poll(async () => (await view()).filter((sight) => sight.includes("Call")).length, PROJECTED).toBe(24);
    await place.settled();
    const before = await view();
    place.sandbox.control.faults.add({ match: "calendar.events.list", effect: { do: "pages", shape: "nothing" }, times: null, share: 1, account: null });
    await place.visitor.client.mutation(api.calendars.rebuild.request, { calendarId });
    const states = await place.visitor.until(api.calendars.states.list, {}, (all) => all.some((state) => state.phase === "held"));
    expect(states.find((state) => state.phase === "held")?.held).toMatchObject({ deletions: expect.any(Number) });
    expect(await view()).toEqual(before);
    place.sandbox.control.calm();
    await place.visitor.client.mutation(api.calendars.rebuild.request, { calendarId });
    await place.visitor.until(api.calendars.states.list, {}, (all) => all.every((state) => state.phase === "synced"));
    expect(await view()).toEqual(before);
  });

  it("case 9: has a fresh channel before the old one is stopped", async () => {
    const before = desk().channels().map((channel) => channel.id);
    const watch = await watchOf(calendarId);
    expect(watch).toBeDefined();
    await adminClient(place.backend).mutation(internal.webhooks.schedule.renewNow as never, { calendarId } as never);
    await expect.poll(async () => desk().channels().filter((channel) => !before.includes(channel.id)).length, PROJECTED).toBe(1);
    await place.settled();
    expect(desk().channels()).toHaveLength(2);
    desk().addEvent(NORA.email, meeting("After renewal", "2026-06-28"));
    await expect.poll(view, PROJECTED).toContain("2026-06-28T07:00:00Z After renewal");
  });

  it("case 4: reads again what was on its way when the backend was killed, and skips nothing", async () => {
    const { calls, faults } = place.sandbox.control;
    faults.add({ match: "calendar.events.list", effect: { do: "slow", delayMs: 3_000 }, times: null });
    calls.reset();
    for (const day of ["23", "24", "25"]) desk().addEvent(NORA.email, meeting(`Before the end, ${day}`, `2026-05-${day}`));
    await expect.poll(async () => (await stored(place.backend, "syncJobs")).some(({ status, type }) => status === "processing" && type === "webhook_sync"), PROJECTED).toBe(true);
    await place.crash();
    place.sandbox.control.calm();
    await expect.poll(view, PROJECTED).toEqual(expect.arrayContaining(["23", "24", "25"].map((day) => `2026-05-${day}T07:00:00Z Before the end, ${day}`)));
    await place.settled();
  });

  it("case 8: is found out by the daily look when its channel is dead and not expired, and is watched anew and caught up", async () => {
    const before = new Set(desk().channels().map((channel) => channel.id));
    expect(desk().silenceChannels(NORA.email)).toBe(1);
    desk().addEvent(NORA.email, meeting("Unheard", "2026-06-29"));
    await place.sandbox.control.idle();
    expect(await view()).not.toContain("2026-06-29T07:00:00Z Unheard");
    await letPass(place.backend, DAY_AND_HOUR_MS);
    await expect.poll(view, PROJECTED).toContain("2026-06-29T07:00:00Z Unheard");
    await expect.poll(() => desk().channels().some((channel) => !before.has(channel.id)), PROJECTED).toBe(true);
    await place.settled();
    const jobs = await stored(place.backend, "syncJobs");
    expect(jobs).toContainEqual(expect.objectContaining({ type: "incremental_sync", result: expect.objectContaining({ syncType: "verification", upserted: 1 }) }));
    desk().addEvent(NORA.email, meeting("Heard again", "2026-06-30"));
    await expect.poll(view, PROJECTED).toContain("2026-06-30T07:00:00Z Heard again");
  });

  it.each([
    ["is not JSON", "not_json", "unreadable_answer"],
    ["lacks its fields", "missing_fields", "incomplete_answer"],
  ] as const)("says so when an answer of Google %s, tries again, and loses nothing", async (_, effect, code) => {
    await place.settled();
    const before = await view();
    place.sandbox.control.faults.add({ match: "calendar.events.list", effect: { do: effect }, times: null });
    await place.visitor.client.mutation(api.connections.manage.syncNow, { connectionId });
    const states = await place.visitor.until(api.calendars.states.list, {}, (all) => all.some((state) => state.error?.code === code));
    expect(states.find((state) => state.error?.code === code)?.error).toMatchObject({ message: expect.any(String), action: expect.stringMatching(/tries again/) });
    await expect.poll(async () => (await stored(place.backend, "syncJobs")).filter(({ status }) => status === "processing" || status === "pending"), PROJECTED).toEqual([]);
    expect(await stored(place.backend, "syncJobs")).toContainEqual(expect.objectContaining({ status: "retry", error: expect.objectContaining({ code, retryable: true }) }));
    expect(await view()).toEqual(before);
    place.sandbox.control.calm();
    await place.visitor.client.mutation(api.connections.manage.syncNow, { connectionId });
    await place.visitor.until(api.calendars.states.list, {}, (all) => all.every((state) => state.phase === "synced" && state.error === null));
    expect(await view()).toEqual(before);
  });

  it("follows the list: a renamed calendar has its new name", async () => {
    desk().changeSettings({ listsTellRenames: true });
    desk().renameCalendar(NORA.email, "Nora's work");
    await place.visitor.until(api.calendars.list.list, {}, (all) => all.some(({ name }) => name === "Nora's work"));
  });

  it("case 19: asks to be reconnected, with the reason, when the consent is withdrawn at Google", async () => {
    desk().revoke(NORA.email);
    desk().expireAccessTokens(NORA.email);
    await place.visitor.client.mutation(api.connections.manage.syncNow, { connectionId });
    const [card] = await place.visitor.until(api.connections.list.list, {}, ([first]) => first?.status === "reconnect_required");
    expect(card?.reason).toMatchObject({ message: expect.any(String), action: expect.stringMatching(/reconnect/i) });
  });

  it("is forgotten when it is disconnected: channels, tokens, events", async () => {
    expect(await browserOf(place.backend, place.visitor).connect({ account: NORA.id }, { connectionId })).toMatchObject({ code: "reconnected" });
    await place.settled();
    await place.visitor.client.mutation(api.connections.manage.disconnect, { connectionId });
    await expect.poll(async () => (await stored(place.backend, "unifiedEvents")).length, PROJECTED).toBe(0);
    await expect.poll(async () => (await stored(place.backend, "providerCredentials")).length, PROJECTED).toBe(0);
    await expect.poll(async () => desk().channels().length, PROJECTED).toBe(0);
    expect(await stored(place.backend, "calendarWatches")).toEqual([]);
  });
});
