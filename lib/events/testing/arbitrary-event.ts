import fc from "fast-check";
import type { Attendee, Conference, EventTime, Recurrence, Reminders, UnifiedEvent } from "../model";
import { localOf, wallMsOf } from "../time";
import { event } from "./events";

/*
 * Events as people make them, for properties: every field takes all of its values, alone and together.
 * Wall times lie between 4:00 and 22:00, where no clock changes.
 */

const DAY_MS = 86_400_000;
const ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "America/St_Johns", "Pacific/Honolulu"] as const;

const words = fc.constantFrom("Plan", "Größe", "日本", "🧽 Dishes", "a, b; c", "back\\slash", "two  words", "\"quoted\"", "line\nbreak", "<b>bold</b>", "5 < 6 & 7 > 2", "x".repeat(90));
const text = fc.array(words, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(" "));
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null, freq: 3 });

const date = fc.integer({ min: 0, max: 1_500 }).map((day) => localOf(Date.UTC(2024, 0, 1) + day * DAY_MS).slice(0, 10));
const clock = fc.integer({ min: 4 * 60, max: 17 * 60 }).map((minutes) => localOf(minutes * 60_000).slice(10));
const zone = fc.constantFrom(...ZONES);

type Span = Pick<UnifiedEvent, "start" | "end">;

const allDay: fc.Arbitrary<Span> = fc.tuple(date, fc.integer({ min: 1, max: 20 })).map(([start, days]) => ({
  start: { kind: "date", date: start },
  end: { kind: "date", date: localOf(wallMsOf(`${start}T00:00:00`) + days * DAY_MS).slice(0, 10) },
}));

function timed(make: (local: string, timeZone: string) => EventTime): fc.Arbitrary<Span> {
  return fc.tuple(date, clock, zone, fc.integer({ min: 0, max: 290 }), fc.integer({ min: 0, max: 2 })).map(([day, time, timeZone, minutes, days]) => ({
    start: make(`${day}${time}`, timeZone),
    end: make(localOf(wallMsOf(`${day}${time}`) + minutes * 60_000 + days * DAY_MS), timeZone),
  }));
}

export const zonedSpan = timed((local, timeZone) => ({ kind: "zoned", local, timeZone }));
export const anySpan = fc.oneof({ weight: 4, arbitrary: zonedSpan }, { weight: 2, arbitrary: allDay }, { weight: 1, arbitrary: timed((local) => ({ kind: "floating", local })) });

const email = fc.constantFrom("ann@example.com", "bo@example.com", "Cem@Example.org", "d.e+f@example.net");
const person = fc.record({ name: maybe(fc.constantFrom("Ann Doe", "Bö", "C, M.", "\"D\"")), email: maybe(email) });

export const attendees: fc.Arbitrary<Attendee[]> = fc.uniqueArray(
  fc.record({
    name: maybe(fc.constantFrom("Ann Doe", "Bö", "C; M.")),
    email,
    response: fc.constantFrom("needsAction", "accepted", "declined", "tentative", "delegated"),
    role: fc.constantFrom("required", "optional", "chair", "none"),
    kind: fc.constantFrom("individual", "group", "resource", "room", "unknown"),
    comment: maybe(fc.constant("might be late")),
    additionalGuests: fc.integer({ min: 0, max: 3 }),
  }),
  { maxLength: 4, selector: (attendee) => attendee.email.toLowerCase() },
);

const method = fc.constantFrom("popup", "email", "sound");
const reminders: fc.Arbitrary<Reminders> = fc.oneof(
  fc.constant<Reminders>({ useDefault: true, list: [] }),
  fc.array(
    fc.oneof(
      fc.record({ kind: fc.constant("before"), method, minutes: fc.integer({ min: -60, max: 50_000 }), relatedTo: fc.constantFrom("start", "end") }),
      fc.record({ kind: fc.constant("at"), method, at: date.map((day) => `${day}T07:30:00Z`) }),
    ),
    { maxLength: 3 },
  ).map((list): Reminders => ({ useDefault: false, list })),
);

const conference: fc.Arbitrary<Conference> = fc.record({
  service: maybe(fc.constantFrom("hangoutsMeet", "teamsForBusiness", "zoom")),
  name: fc.constant(null),
  id: fc.constant(null),
  entries: fc.array(
    fc.constantFrom(
      { kind: "video" as const, uri: "https://meet.example.com/1", label: "meet.example.com/1", code: null },
      { kind: "phone" as const, uri: "tel:+4930123456", label: null, code: null },
      { kind: "sip" as const, uri: "sip:1@example.com", label: null, code: null },
    ),
    { minLength: 1, maxLength: 2 },
  ),
  notes: fc.constant(null),
});

/** Rules that every provider has a pattern for. */
export const commonRule = fc.tuple(
  fc.constantFrom(
    "FREQ=DAILY", "FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY;BYDAY=MO,WE;WKST=SU", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;WKST=MO", "FREQ=MONTHLY;BYMONTHDAY=15",
    "FREQ=MONTHLY;BYMONTHDAY=-1", "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=MONTHLY;BYDAY=TH,FR;BYSETPOS=2", "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "FREQ=YEARLY;INTERVAL=2;BYMONTH=3;BYMONTHDAY=31",
  ),
  fc.constantFrom("", ";COUNT=10"),
).map((parts) => parts.join(""));

const anyRule = fc.oneof(commonRule, fc.constantFrom("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=DAILY;BYHOUR=9,15;UNTIL=20300101T000000Z", "FREQ=HOURLY;INTERVAL=5;COUNT=7"));

function recurrenceOf({ start }: Span): fc.Arbitrary<Recurrence> {
  const onDay = date.map((day): EventTime => (start.kind === "date" ? { kind: "date", date: day } : { ...start, local: `${day}${start.local.slice(10)}` }));
  return fc.record({
    rrules: fc.uniqueArray(anyRule, { minLength: 1, maxLength: 2 }),
    rdates: fc.array(onDay.map((at) => ({ start: at, end: null })), { maxLength: 2 }),
    exdates: fc.array(onDay, { maxLength: 2 }),
  });
}

/** A single event or a master. */
export const arbitraryEvent: fc.Arbitrary<UnifiedEvent> = anySpan.chain((span) =>
  fc.record({
    title: fc.oneof(text.map((each) => each.replaceAll("\n", " ")), fc.constant("")),
    description: maybe(text),
    location: maybe(text.map((each) => each.replaceAll("\n", " "))),
    url: maybe(fc.constantFrom("https://example.com/?a=1,2;b", "mailto:a@example.com")),
    status: fc.constantFrom("confirmed", "tentative"),
    transparency: fc.constantFrom("opaque", "transparent"),
    visibility: fc.constantFrom("default", "public", "private", "confidential"),
    purpose: fc.constantFrom("default", "default", "outOfOffice", "focusTime", "workingElsewhere", "birthday"),
    color: maybe(fc.constantFrom("#7ae7bf", "#ff6347", "#123456")),
    categories: fc.uniqueArray(fc.constantFrom("Work", "Trips, long", "Ärger"), { maxLength: 2 }),
    recurrence: maybe(recurrenceOf(span)),
    organizer: maybe(person.filter(({ email }) => email !== null)),
    attendees,
    reminders: maybe(reminders),
    conference: maybe(conference),
    attachments: fc.array(fc.constantFrom({ title: "Plan", url: "https://example.com/plan.pdf", mimeType: "application/pdf" }), { maxLength: 1 }),
    sequence: fc.integer({ min: 0, max: 5 }),
  }).map((fields) => ({ ...event("2026-01-01", "2026-01-02"), ...fields, ...span }) as UnifiedEvent),
);
