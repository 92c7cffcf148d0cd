import { Temporal } from "temporal-polyfill";
import { type Control } from "../../control/control";
import { type Event, type GoogleDesk } from "../desk";

/** What a form of Google's panel asks for. */
export type GoogleAction = (form: ReadonlyMap<string, string>, control: Control) => string;

/** By the last part of the form's path. Each says in words what it did, and throws Error where it could not. */
export const GOOGLE_ACTIONS: Readonly<Record<string, GoogleAction>> = {
  add(form, { google, accounts }) {
    const calendarId = text(form, "calendar");
    const span = spanOf(text(form, "day"), form.get("time") ?? "", Number(form.get("minutes") ?? "60"), zoneOf(calendarId, google, accounts));
    google.addEvent(calendarId, { summary: text(form, "title"), ...span });
    return `“${text(form, "title")}” was added.`;
  },
  change(form, { google, accounts }) {
    const [calendarId, eventId] = [text(form, "calendar"), text(form, "event")];
    const event = google.eventById(calendarId, eventId);
    const [startAt, endAt] = [timeOf(event.start), timeOf(event.end)];
    const minutes = Math.max(1, Math.round((endAt - startAt) / 60_000));
    const time = event.start?.dateTime == null ? "" : text(form, "time");
    const span = spanOf(text(form, "day"), time, minutes, event.start?.timeZone ?? zoneOf(calendarId, google, accounts), zoneOf(calendarId, google, accounts));
    google.changeEvent(calendarId, eventId, { summary: text(form, "title"), ...span });
    return `“${text(form, "title")}” was changed.`;
  },
  delete(form, { google }) {
    google.deleteEvent(text(form, "calendar"), text(form, "event"));
    return "The event was deleted.";
  },
  "rename-calendar"(form, { google }) {
    google.renameCalendar(text(form, "calendar"), text(form, "name"));
    return google.settings().listsTellRenames ? "The calendar was renamed." : "The calendar was renamed. Clients see it when they list all calendars.";
  },
  "expire-cursors"(_form, { google }) {
    google.expireCursors(null);
    return "Every cursor has expired.";
  },
  silence: (_form, { google }) => `${google.silenceChannels(null)} channels deliver nothing from now on.`,
  rotate(_form, { google }) {
    const { rotateRefreshTokens } = google.changeSettings({ rotateRefreshTokens: !google.settings().rotateRefreshTokens });
    return rotateRefreshTokens ? "Each refresh now ends the token it used." : "Refresh tokens stay the same.";
  },
  "expire-tokens"(form, { google }) {
    google.expireAccessTokens(text(form, "account"));
    return `Access tokens of ${text(form, "account")} have expired.`;
  },
  revoke(form, { google }) {
    google.revoke(text(form, "account"));
    return `${text(form, "account")} has withdrawn all access.`;
  },
};

function text(form: ReadonlyMap<string, string>, name: string): string {
  const value = form.get(name)?.trim() ?? "";
  if (value === "") throw new Error(`“${name}” is missing.`);
  return value;
}

function zoneOf(calendarId: string, google: GoogleDesk, accounts: Control["accounts"]): string {
  const all = accounts.all().flatMap(({ email }) => google.calendars(email));
  return all.find(({ id }) => id === calendarId)?.timeZone ?? "UTC";
}

/** Start and end in Google's form. The time of day is on the calendar's clock, the event stays in its own zone. */
function spanOf(day: string, time: string, minutes: number, zone: string, clockZone = zone): Pick<Event, "start" | "end"> {
  if (!Number.isFinite(minutes) || minutes < 1) throw new Error("An event takes a minute at least.");
  const date = Temporal.PlainDate.from(day);
  if (time === "") {
    const end = date.add({ days: Math.max(1, Math.round(minutes / 1440)) });
    return { start: { date: date.toString() }, end: { date: end.toString() } };
  }
  const start = date.toPlainDateTime(Temporal.PlainTime.from(time)).toZonedDateTime(clockZone).toInstant();
  return {
    start: { dateTime: start.toString({ smallestUnit: "second" }), timeZone: zone },
    end: { dateTime: start.add({ minutes }).toString({ smallestUnit: "second" }), timeZone: zone },
  };
}

function timeOf(time: Event["start"]): number {
  return Date.parse(time?.dateTime ?? time?.date ?? "");
}
