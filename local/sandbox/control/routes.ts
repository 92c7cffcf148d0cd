import { z } from "zod";
import { callFault } from "../faults/call-faults";
import { type Answer, json, jsonOf, type SandboxRequest } from "../serving/exchange";
import { type Route } from "../serving/router";
import { type Control } from "./control";

const PREFIX = "/control";
const MOST = 500;

const calendarId = z.object({ calendarId: z.string().nullable().default(null) });
const account = z.object({ account: z.string() });
const eventBody = z.record(z.string(), z.unknown());

/** The same as {@link Control}, over HTTP in JSON, for whoever is not in this process. The README lists it. */
export function controlRoutes(control: Control): Route[] {
  const { google } = control;
  const at = (method: Route["method"], path: string, handle: (request: SandboxRequest) => unknown): Route => ({
    method,
    pattern: `${PREFIX}${path}`,
    kind: "control",
    handle: (request) => answered(() => handle(request)),
  });
  return [
    at("GET", "/state", () => state(control)),
    at("GET", "/calls", ({ url }) => ({
      total: control.calls.total(),
      counts: control.calls.counts(),
      calls: control.calls.recent(numberIn(url, "limit", 100), numberIn(url, "after", 0)),
    })),
    at("DELETE", "/calls", () => control.calls.reset()),
    at("GET", "/notifications", ({ url }) => ({ attempts: control.notifications(numberIn(url, "limit", 100), numberIn(url, "after", 0)) })),
    at("PUT", "/notification-faults", (request) => control.changeNotificationFaults(z.record(z.string(), z.unknown()).parse(jsonOf(request)))),
    at("GET", "/faults", () => ({ faults: control.faults.list() })),
    at("POST", "/faults", (request) => control.faults.add(callFault.parse(jsonOf(request)))),
    at("DELETE", "/faults", () => control.calm()),
    at("DELETE", "/faults/:id", ({ params }) => ({ removed: control.faults.remove(Number(params["id"])) })),
    at("PUT", "/random-seed", (request) => control.reseed(z.object({ seed: z.string() }).parse(jsonOf(request)).seed)),
    at("POST", "/idle", () => control.idle()),

    at("PUT", "/google/settings", (request) => google.changeSettings(z.record(z.string(), z.unknown()).parse(jsonOf(request)))),
    at("POST", "/google/expire-cursors", (request) => google.expireCursors(calendarId.parse(jsonOf(request)).calendarId)),
    at("POST", "/google/silence-channels", (request) => ({ silenced: google.silenceChannels(calendarId.parse(jsonOf(request)).calendarId) })),
    at("POST", "/google/revoke", (request) => google.revoke(account.parse(jsonOf(request)).account)),
    at("POST", "/google/expire-access-tokens", (request) => google.expireAccessTokens(account.parse(jsonOf(request)).account)),
    at("POST", "/google/connect", (request) => {
      const asked = account.extend({ scopes: z.array(z.string()).min(1) }).parse(jsonOf(request));
      return google.connect(asked.account, asked.scopes);
    }),
    at("GET", "/google/channels", () => ({ channels: google.channels() })),
    at("GET", "/google/mails", () => ({ mails: google.mails() })),
    at("GET", "/google/accounts/:email/calendars", ({ params }) => ({ calendars: google.calendars(params["email"] ?? "") })),
    at("PATCH", "/google/calendars/:calendarId", (request) =>
      google.renameCalendar(request.params["calendarId"] ?? "", z.object({ summary: z.string() }).parse(jsonOf(request)).summary),
    ),
    at("GET", "/google/calendars/:calendarId/events", ({ params }) => ({ events: google.stored(params["calendarId"] ?? "") })),
    at("POST", "/google/calendars/:calendarId/events", (request) => google.addEvent(request.params["calendarId"] ?? "", eventBody.parse(jsonOf(request)))),
    at("PATCH", "/google/calendars/:calendarId/events/:eventId", (request) =>
      google.changeEvent(request.params["calendarId"] ?? "", request.params["eventId"] ?? "", eventBody.parse(jsonOf(request))),
    ),
    at("DELETE", "/google/calendars/:calendarId/events/:eventId", ({ params }) => google.deleteEvent(params["calendarId"] ?? "", params["eventId"] ?? "")),
  ];
}

function state(control: Control): unknown {
  return {
    accounts: control.accounts.all(),
    calls: { total: control.calls.total(), counts: control.calls.counts() },
    faults: control.faults.list(),
    notificationFaults: control.notificationFaults(),
    google: { settings: control.google.settings(), openChannels: control.google.channels().length },
  };
}

/** 200 with what came back; 400 with what is wrong. */
async function answered(work: () => unknown): Promise<Answer> {
  try {
    return json(200, (await work()) ?? { ok: true });
  } catch (thrown) {
    if (thrown instanceof z.ZodError) return json(400, { error: z.prettifyError(thrown) });
    return json(400, { error: thrown instanceof Error ? thrown.message : String(thrown) });
  }
}

function numberIn(url: URL, name: string, usual: number): number {
  const value = Number(url.searchParams.get(name) ?? usual);
  return Number.isInteger(value) && value >= 0 ? Math.min(value, name === "limit" ? MOST : value) : usual;
}
