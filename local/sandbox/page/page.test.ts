import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startSandbox, type Sandbox } from "../sandbox";
import { emptyWorld, NORA } from "../testing/empty-world";

const NOW = Date.parse("2026-03-10T12:00:00Z");
let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox({ port: 0, world: emptyWorld(), now: () => NOW });
});
afterEach(() => sandbox.stop());

const shown = async (path = "/") => (await fetch(`${sandbox.url}${path}`)).text();
/** Sends a form; resolves to the page that it leads to. */
const press = async (path: string, fields: Record<string, string>) =>
  (await fetch(`${sandbox.url}${path}`, { method: "POST", body: new URLSearchParams({ calendar: NORA.email, from: "2026-03-10", ...fields }) })).text();
const events = () => sandbox.control.google.stored(NORA.email);

describe("the page", () => {
  it("says that it is a sandbox", async () => {
    expect(await shown()).toContain("A stand-in on your machine. Nobody here is real");
  });

  it("adds, moves, renames and deletes events at Google", async () => {
    expect(await press("/page/google/add", { title: "Lunch", day: "2026-03-11", time: "12:30", minutes: "45" })).toContain("“Lunch” was added.");
    const [event] = events();
    expect(event).toMatchObject({ summary: "Lunch", start: { dateTime: "2026-03-11T12:30:00+01:00" }, end: { dateTime: "2026-03-11T13:15:00+01:00" } });
    await press("/page/google/change", { event: event?.id ?? "", title: "Late lunch", day: "2026-03-12", time: "14:00" });
    expect(events()).toMatchObject([{ summary: "Late lunch", start: { dateTime: "2026-03-12T14:00:00+01:00" }, end: { dateTime: "2026-03-12T14:45:00+01:00" } }]);
    await press("/page/google/delete", { event: event?.id ?? "" });
    expect(events()).toMatchObject([{ status: "cancelled" }]);
    await press("/page/google/add", { title: "Trip", day: "2026-03-14", time: "", minutes: "2880" });
    expect(events()[1]).toMatchObject({ start: { date: "2026-03-14" }, end: { date: "2026-03-16" } });
    await press("/page/google/rename-calendar", { name: "Mine" });
    expect(sandbox.control.google.calendars(NORA.email)[0]?.name).toBe("Mine");
  });

  it("changes one instance of a series and leaves the others", async () => {
    sandbox.control.google.addEvent(NORA.email, { summary: "Stand-up", start: { dateTime: "2026-03-10T09:00:00", timeZone: "America/New_York" }, end: { dateTime: "2026-03-10T09:15:00", timeZone: "America/New_York" }, recurrence: ["RRULE:FREQ=DAILY;COUNT=3"] });
    const instance = sandbox.control.google.events(NORA.email, { timeMin: NOW, timeMax: NOW + 5 * 86_400_000 })[1];
    await press("/page/google/change", { event: instance?.id ?? "", title: "Stand-up, late", day: "2026-03-11", time: "15:00" });
    expect(events()[1]).toMatchObject({ id: instance?.id, summary: "Stand-up, late", start: { dateTime: "2026-03-11T15:00:00+01:00", timeZone: "America/New_York" } });
  });

  it("shows titles as text, whatever is in them", async () => {
    await press("/page/google/add", { title: "<script>alert('x')</script>\"", day: "2026-03-11" });
    const text = await shown();
    expect(text).not.toContain("<script>alert");
    expect(text).toContain("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;");
  });

  it("says what it could not do", async () => {
    expect(await press("/page/google/add", { title: "", day: "2026-03-11" })).toContain("“title” is missing.");
    expect(await press("/page/google/add", { title: "X", day: "someday" })).toContain('role="alert"');
    expect(await shown("/?calendar=nothing&from=nonsense")).toContain(NORA.email);
  });

  it("switches faults on and off", async () => {
    expect(await press("/page/faults/add", { match: "calendar.*", effect: "status:429", times: "", share: "50" })).toContain("answered 429");
    expect(sandbox.control.faults.list()).toMatchObject([{ effect: { do: "status", status: 429 }, times: null, share: 0.5 }]);
    await press("/page/faults/notifications", { drop: "10", duplicate: "10", reorder: "20", least: "0", most: "500" });
    expect(sandbox.control.notificationFaults()).toMatchObject({ drop: 0.1, duplicate: 0.1, reorder: 0.2, delayMs: [0, 500] });
    await press("/page/faults/calm", {});
    expect(sandbox.control.faults.list()).toEqual([]);
    expect(sandbox.control.notificationFaults()).toMatchObject({ drop: 0, delayMs: [0, 0] });
  });
});
