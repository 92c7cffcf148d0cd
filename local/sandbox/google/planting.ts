import { createHash } from "node:crypto";
import { type Accounts } from "../accounts";
import { type SeedCalendar, type SeedEvent, type SeedException } from "../seed/shape";
import { type CalendarBook, type EventDraft } from "./calendar/book";
import { meeting } from "./calendar/events/writing/draft";
import { instanceId } from "./calendar/events/occurrences";
import { type EventFields, type Person } from "./calendar/model";
import { CALENDAR_COLORS, USUAL_COLOR } from "./calendar/palette";

/** Writes calendars of the seed down as Google keeps them. */
export function plant(book: CalendarBook, accounts: Accounts, calendars: readonly SeedCalendar[]): void {
  for (const seed of calendars) {
    const id = calendarId(seed);
    book.addCalendar({ id, summary: seed.name, description: seed.description, location: null, timeZone: seed.timeZone, watchable: seed.kind !== "holidays" });
    const colorId = Object.entries(CALENDAR_COLORS).find(([, background]) => background === seed.color)?.[0] ?? USUAL_COLOR;
    for (const { email, role } of seed.members) {
      const account = accounts.byEmail(email);
      if (account !== undefined) book.share(id, account.id, role, { colorId, primary: seed.kind === "primary" });
    }
    book.write(id, seed.events.flatMap((event) => drafts(event, seed, accounts)));
  }
}

/** Primary calendars have their owner's address; others have addresses of Google's own. */
function calendarId({ key, kind }: SeedCalendar): string {
  if (kind === "primary") return key;
  return kind === "holidays" ? `${key}#holiday@group.v.calendar.google.com` : `c_${hash(key, 64)}@group.calendar.google.com`;
}

function hash(text: string, length: number): string {
  return createHash("sha256").update(text).digest("hex").slice(0, length);
}

/** The event and, of a series, its exceptions. */
function drafts(event: SeedEvent, calendar: SeedCalendar, accounts: Accounts): EventDraft[] {
  // The same invitation has the same id in everybody's calendar.
  const id = hash(event.people === undefined ? `${calendar.key} ${event.key}` : `invitation ${event.key}`, 26);
  const inviting = event.people?.[0];
  const owner = calendar.members.find(({ role }) => role === "owner")?.email ?? calendarId(calendar);
  const organizer = calendar.kind === "primary" ? person(inviting ?? owner, accounts) : { email: calendarId(calendar), displayName: calendar.name };
  const master: EventDraft = {
    id,
    iCalUID: `${id}@google.com`,
    sequence: 0,
    status: event.tentative === true ? "tentative" : "confirmed",
    start: event.start,
    end: event.end,
    recurrence: [...(event.recurrence ?? [])],
    original: null,
    creator: person(inviting ?? owner, accounts),
    organizer,
    fields: fieldsOf(event, id, calendar, accounts),
  };
  return [master, ...(event.exceptions ?? []).map((exception) => exceptionDraft(master, exception))];
}

function exceptionDraft(master: EventDraft, { original, change }: SeedException): EventDraft {
  const exception = { ...master, id: instanceId(master.id, original), recurrence: [], original: { masterId: master.id, start: original } };
  if (change === "cancelled") return { ...exception, status: "cancelled" };
  const { start, end, title, location } = change;
  return {
    ...exception,
    start: start ?? original,
    end: end ?? master.end,
    sequence: 1,
    fields: { ...master.fields, ...(title === undefined ? {} : { summary: title }), ...(location === undefined ? {} : { location }) },
  };
}

function fieldsOf(event: SeedEvent, id: string, calendar: SeedCalendar, accounts: Accounts): EventFields {
  const guests = event.people ?? [];
  return {
    summary: event.title,
    ...(event.location === undefined || event.location === "" ? {} : { location: event.location }),
    ...(event.description === undefined ? {} : { description: event.description }),
    ...(event.free === true ? { transparency: "transparent" } : {}),
    ...(event.private === true ? { visibility: "private" } : calendar.kind === "holidays" ? { visibility: "public" } : {}),
    ...(guests.length === 0
      ? {}
      : { attendees: guests.map((email, index) => ({ ...person(email, accounts), responseStatus: responseOf(event.key, email, index) })) }),
    ...(event.meeting === true ? meeting(id, `seed-${id.slice(0, 8)}`) : {}),
    reminders: { useDefault: true },
  };
}

/** Whoever invites comes; of the others most. */
function responseOf(key: string, email: string, index: number): string {
  if (index === 0) return "accepted";
  const drawn = parseInt(hash(`${key} ${email}`, 2), 16) / 256;
  return drawn < 0.75 ? "accepted" : drawn < 0.85 ? "tentative" : drawn < 0.93 ? "needsAction" : "declined";
}

function person(email: string, accounts: Accounts): Person {
  const name = accounts.byEmail(email)?.name;
  return name === undefined ? { email } : { email, displayName: name };
}
