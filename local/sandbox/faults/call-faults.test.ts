import { type calendar_v3 } from "googleapis/build/src/apis/calendar";
import { describe, expect, it } from "vitest";
import { type Sandbox } from "../sandbox";
import { refusalOf, valid } from "../testing/google-client";
import { NORA } from "../testing/empty-world";
import { sandboxPerTest } from "../testing/sandbox-per-test";
import { type CallFaultInput } from "./call-faults";

const calendarId = "primary";
let sandbox: Sandbox;
let api: calendar_v3.Calendar;
sandboxPerTest((given) => ({ sandbox, api } = given));

const effectOn = (effect: CallFaultInput["effect"], rest: Partial<CallFaultInput> = {}) => sandbox.control.faults.add({ match: "calendar.events.list", effect, ...rest });
const list = () => api.events.list({ calendarId, maxResults: 6 });

describe("a fault of calls", () => {
  it.each([
    [401, "authError"],
    [403, "userRateLimitExceeded"],
    [410, "fullSyncRequired"],
    [412, "conditionNotMet"],
    [429, "rateLimitExceeded"],
    [500, "backendError"],
  ])("answers %i in Google's words, so often as it was asked to", async (status, reason) => {
    effectOn({ do: "status", status }, { times: 2 });
    expect(await refusalOf(list())).toEqual({ status, reason });
    expect(await refusalOf(list())).toEqual({ status, reason });
    await list();
    expect(sandbox.control.faults.list()).toEqual([]);
  });

  it("meets only the calls and the account that it is for", async () => {
    effectOn({ do: "status", status: 500 }, { account: "somebody.else@example.com" });
    sandbox.control.faults.add({ match: "calendar.calendarList.*", effect: { do: "status", status: 500 } });
    await list();
    expect(await refusalOf(api.calendarList.list())).toMatchObject({ status: 500 });
  });

  it("meets a share of them, drawn from the seed", async () => {
    effectOn({ do: "status", status: 503 }, { share: 0.3 });
    const drawn = async () => {
      sandbox.control.reseed("the same");
      const statuses: boolean[] = [];
      for (let call = 0; call < 40; call += 1) statuses.push(await list().then(() => true, () => false));
      return statuses;
    };
    const first = await drawn();
    expect(first.filter((passed) => !passed).length).toBeGreaterThan(4);
    expect(first.filter((passed) => passed).length).toBeGreaterThan(18);
    expect(await drawn()).toEqual(first);
  });

  it("can lose the answer to something that was done", async () => {
    sandbox.control.faults.add({ match: "calendar.events.insert", effect: { do: "lose_answer" }, times: 1 });
    const requestBody = { id: "once0insert", start: { date: "2026-03-10" }, end: { date: "2026-03-11" } };
    await expect(api.events.insert({ calendarId, requestBody })).rejects.toThrow();
    expect(await refusalOf(api.events.insert({ calendarId, requestBody }))).toEqual({ status: 409, reason: "duplicate" });
  });

  it("can answer what is no JSON, or an object with nothing in it", async () => {
    effectOn({ do: "not_json" }, { times: 1 });
    effectOn({ do: "missing_fields" }, { times: 2 });
    expect(typeof (await list()).data).toBe("string");
    expect((await list()).data).toEqual({});
  });

  it("cuts pages short, puts an empty one first, or leaves things out", async () => {
    for (let day = 1; day <= 6; day += 1) sandbox.control.google.addEvent(NORA.email, { start: { date: `2026-03-0${day}` }, end: { date: `2026-03-0${day + 1}` } });
    const listed = async (shape: "partial" | "empty" | "incomplete" | "nothing") => {
      sandbox.control.faults.clear();
      effectOn({ do: "pages", shape }, { times: 1 });
      const { items = [], nextPageToken, nextSyncToken } = await valid("Events", list());
      return { items: items.length, goesOn: nextPageToken !== undefined, isLast: nextSyncToken !== undefined, nextPageToken };
    };
    expect(await listed("partial")).toMatchObject({ items: 2, goesOn: true, isLast: false });
    const { nextPageToken, ...empty } = await listed("empty");
    expect(empty).toEqual({ items: 0, goesOn: true, isLast: false });
    expect((await api.events.list({ calendarId, maxResults: 6, pageToken: nextPageToken ?? "" })).data.items).toHaveLength(6);
    expect(await listed("incomplete")).toMatchObject({ items: 2, goesOn: false, isLast: true });
    expect(await listed("nothing")).toMatchObject({ items: 0, goesOn: false, isLast: true });
  });

  it("is written into the log with the call it met", async () => {
    effectOn({ do: "status", status: 500 }, { times: 1 });
    await refusalOf(list());
    expect(sandbox.control.calls.recent(1)).toMatchObject([{ kind: "calendar.events.list", account: NORA.email, status: 500, fault: "answered 500" }]);
  });
});

describe("the control API", () => {
  it("switches the same things over HTTP, and says what is wrong with what it cannot do", async () => {
    const call = (method: string, path: string, body?: unknown) => fetch(`${sandbox.url}/control${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    await call("POST", "/faults", { match: "calendar.*", effect: { do: "status", status: 500 } });
    expect(await refusalOf(list())).toMatchObject({ status: 500 });
    await call("DELETE", "/faults");
    await list();
    const { counts } = (await (await call("GET", "/calls")).json()) as { counts: Record<string, number> };
    expect(counts).toEqual({ "calendar.events.list": 2 });
    await call("PUT", "/notification-faults", { drop: 0.5 });
    expect(sandbox.control.notificationFaults()).toMatchObject({ drop: 0.5, duplicate: 0 });
    const added = (await (await call("POST", `/google/calendars/${NORA.email}/events`, { summary: "By hand", start: { date: "2026-03-10" }, end: { date: "2026-03-11" } })).json()) as { id: string };
    expect((await api.events.get({ calendarId, eventId: added.id })).data.summary).toBe("By hand");
    for (const [method, path, body] of [
      ["POST", "/faults", { match: "calendar.*", effect: { do: "explode" } }],
      ["POST", "/google/revoke", { account: "nobody@example.com" }],
      ["POST", `/google/calendars/${NORA.email}/events`, { summary: "No time" }],
    ] as const) {
      const refused = await call(method, path, body);
      expect(refused.status).toBe(400);
      expect(((await refused.json()) as { error: string }).error).toMatch(/\w/);
    }
  });

  it("listens to no other site, and to no other name of this machine", async () => {
    const clear = (headers: Record<string, string>) => fetch(`${sandbox.url}/control/calls`, { method: "DELETE", headers });
    expect((await clear({ Origin: "https://example.com" })).status).toBe(403);
    expect((await clear({ Origin: "null" })).status).toBe(403);
    expect((await clear({ Origin: sandbox.url })).status).toBe(200);
  });
});
