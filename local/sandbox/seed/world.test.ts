import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type calendar_v3 } from "googleapis/build/src/apis/calendar";
import { startSandbox, type Sandbox } from "../sandbox";
import { connected, listAll } from "../testing/google-client";
import { holidays } from "./holidays";
import { stretchAround } from "./diary";
import { seedWorld } from "./world";

const TODAY = "2026-11-21";
const DAY_MS = 86_400_000;

describe("the seed", () => {
  it("is the same for the same day, and lies around that day", () => {
    expect(seedWorld(TODAY)).toEqual(seedWorld(TODAY));
    expect(seedWorld("2027-02-01")).not.toEqual(seedWorld(TODAY));
  });

  it("has no key twice in a calendar", () => {
    for (const { events } of seedWorld(TODAY).calendars) expect(new Set(events.map(({ key }) => key)).size).toBe(events.length);
  });

  it("knows when Easter is", () => {
    const named = (name: string) => holidays(stretchAround(TODAY)).filter(({ title }) => title === name).map(({ start }) => (start.kind === "date" ? start.date : ""));
    expect(named("Easter Sunday")).toEqual(["2025-04-20", "2026-04-05", "2027-03-28"]);
  });
});

describe("the seeded accounts at Google", () => {
  let sandbox: Sandbox;
  const all: calendar_v3.Schema$Event[] = [];
  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, today: TODAY });
  });
  afterAll(() => sandbox?.stop());

  it("answer every event in Google's schema, and so every instance", async () => {
    for (const { email } of sandbox.control.accounts.all()) {
      const api = connected(sandbox, email);
      for (const { id } of sandbox.control.google.calendars(email)) {
        all.push(...(await listAll(api, { calendarId: id })).events);
        await listAll(api, { calendarId: id, singleEvents: true, timeMin: `${TODAY}T00:00:00Z`, timeMax: "2027-01-21T00:00:00Z", orderBy: "startTime" });
      }
    }
    expect(all.length).toBeGreaterThan(1_000);
  });

  it("have everything in them that calendars have", () => {
    const some = (what: (event: calendar_v3.Schema$Event) => boolean) => all.filter(what).length;
    expect(some(({ recurrence }) => recurrence != null)).toBeGreaterThan(20);
    expect(some(({ recurringEventId, status }) => recurringEventId != null && status === "confirmed")).toBeGreaterThan(10);
    expect(some(({ recurringEventId, status }) => recurringEventId != null && status === "cancelled")).toBeGreaterThan(20);
    expect(some(({ start, end }) => start?.date != null && Date.parse(end?.date ?? "") - Date.parse(start.date) > DAY_MS)).toBeGreaterThan(30);
    expect(some(({ attendees }) => (attendees ?? []).length > 1)).toBeGreaterThan(50);
    expect(some(({ conferenceData }) => conferenceData != null)).toBeGreaterThan(20);
    expect(some(({ start, end }) => start?.dateTime?.slice(0, 10) !== end?.dateTime?.slice(0, 10))).toBeGreaterThan(20);
    expect(new Set(all.map(({ start }) => start?.timeZone)).size).toBeGreaterThan(5);
  });

  it("share invitations: one UID in two calendars, at the same times", () => {
    const uids = new Map<string, Set<string>>();
    for (const { iCalUID, htmlLink, recurringEventId } of all) {
      const calendarId = new URL(htmlLink ?? "http://none").searchParams.get("calendar") ?? "";
      if (iCalUID != null && recurringEventId == null) uids.set(iCalUID, (uids.get(iCalUID) ?? new Set()).add(calendarId));
    }
    expect([...uids.values()].filter((calendars) => calendars.size > 1).length).toBeGreaterThanOrEqual(2);
  });

  it("have something on in the present week", () => {
    const timeMin = Date.parse(TODAY);
    for (const { email } of sandbox.control.accounts.all()) {
      expect(sandbox.control.google.events(email, { timeMin, timeMax: timeMin + 7 * DAY_MS }).length).toBeGreaterThan(2);
    }
  });
});
