import { type Temporal } from "temporal-polyfill";
import { asExpected, calendarObject, escaped, later, timeLine, type When } from "./icalendar-text";
import type { Random } from "./random";
import { zoneNames } from "./zones";

/** One time that an event must be seen at. */
export interface ExpectedOccurrence {
  readonly uid: string;
  readonly title: string;
  /** `YYYY-MM-DD` of an all-day event, an instant (`…Z`), or a floating wall time. */
  readonly start: string;
}

/** An object and what must be seen of it. */
export interface MadeObject {
  readonly ics: string;
  readonly occurrences: readonly ExpectedOccurrence[];
}

/** What every kind of event is made from. */
export interface Making {
  readonly uid: string;
  readonly random: Random;
  /** A day somewhere in the calendar's span. */
  readonly day: Temporal.PlainDate;
}

const topics = ["Planning", "Review", "Lunch", "Interview", "Workshop", "Call", "Demo", "Budget", "Retrospective", "Onboarding"] as const;
const people = ["Ana", "Bo", "Chidi", "Dana", "Émile", "Farah", "Günter", "Hana", "Ines", "Jun"] as const;
const places = ["Room 4", "Café Ω, ground floor", "Berlin", "Video call"] as const;

const titleOf = ({ random, uid }: Making, topic?: string) => `${topic ?? random.pick(topics)} with ${random.pick(people)} #${uid.split("@")[0]}`;
const timed = ({ random, day }: Making, zone: string): When => ({
  kind: "time",
  wall: day.toPlainDateTime({ hour: random.between(7, 18), minute: random.pick([0, 15, 30, 45]) }),
  zone,
});
const head = ({ uid }: Making, title: string) => [`UID:${uid}`, "DTSTAMP:20260101T000000Z", `SUMMARY:${escaped(title)}`];
const only = (making: Making, title: string, start: When, more: readonly string[]): MadeObject => ({
  ics: calendarObject([[...head(making, title), timeLine("DTSTART", start), ...more]]),
  occurrences: [{ uid: making.uid, title, start: asExpected(start) }],
});

/** One meeting in some zone or in UTC, often with a place, a description or attendees. */
export function meeting(making: Making): MadeObject {
  const { random } = making;
  const title = titleOf(making);
  const attendees = random.chance(40)
    ? ["ORGANIZER;CN=Nora:mailto:nora@example.com", ...people.slice(0, random.between(1, 6)).map((name) => `ATTENDEE;CN=${name};PARTSTAT=${random.pick(["ACCEPTED", "DECLINED", "NEEDS-ACTION"])}:mailto:${encodeURIComponent(name.toLowerCase())}@example.com`)]
    : [];
  return only(making, title, timed(making, random.pick([...zoneNames, "UTC"])), [
    `DURATION:PT${random.pick([15, 30, 45, 60, 90, 120])}M`,
    ...(random.chance(50) ? [`LOCATION:${escaped(random.pick(places))}`] : []),
    ...(random.chance(30) ? [`DESCRIPTION:${escaped(`Notes; first, second\n${"a long line of notes ".repeat(random.between(1, 8))}`)}`] : []),
    ...attendees,
  ]);
}

/** A meeting whose time is that of whoever looks. */
export function floating(making: Making): MadeObject {
  return only(making, titleOf(making, "Stretch"), timed(making, "floating"), ["DURATION:PT20M"]);
}

/** A day, or some days in a row. */
export function allDay(making: Making): MadeObject {
  const start: When = { kind: "date", date: making.day };
  return only(making, titleOf(making, "Holiday"), start, [timeLine("DTEND", later(start, making.random.pick([1, 1, 2, 5, 14])))]);
}

/** From one zone to another. */
export function flight(making: Making): MadeObject {
  const start = timed(making, "Europe/Berlin");
  const landing = making.day.toPlainDateTime({ hour: 23, minute: 10 });
  return only(making, titleOf(making, "Flight"), start, [timeLine("DTEND", { kind: "time", wall: landing, zone: "America/New_York" })]);
}

/** An event with a time that lasts for weeks. */
export function long(making: Making): MadeObject {
  return only(making, titleOf(making, "Sabbatical"), timed(making, "Europe/Berlin"), [`DURATION:P${making.random.between(8, 40)}D`]);
}

/** A weekly series with one occurrence moved, one cancelled and one left out. */
export function weekly(making: Making): MadeObject {
  const { random, uid } = making;
  const title = titleOf(making);
  const start = timed(making, random.pick(zoneNames));
  const count = random.between(8, 26);
  const [moved, cancelled, excluded] = [2, 4, 6].map((index) => later(start, 7 * index)) as [When, When, When];
  const movedTo = later(moved, 1);
  const gone = [moved, cancelled, excluded].map(asExpected);
  const regular = Array.from({ length: count }, (_, index) => later(start, 7 * index)).filter((each) => !gone.includes(asExpected(each)));
  const override = (of: When, lines: readonly string[]) => [`UID:${uid}`, "DTSTAMP:20260101T000000Z", timeLine("RECURRENCE-ID", of), ...lines];
  return {
    ics: calendarObject([
      [...head(making, title), timeLine("DTSTART", start), "DURATION:PT1H", `RRULE:FREQ=WEEKLY;COUNT=${count}`, timeLine("EXDATE", excluded)],
      override(moved, [timeLine("DTSTART", movedTo), "DURATION:PT1H", `SUMMARY:${escaped(`${title} (moved)`)}`]),
      override(cancelled, [timeLine("DTSTART", cancelled), "DURATION:PT1H", `SUMMARY:${escaped(title)}`, "STATUS:CANCELLED"]),
    ]),
    occurrences: [
      ...regular.map((each) => ({ uid, title, start: asExpected(each) })),
      { uid, title: `${title} (moved)`, start: asExpected(movedTo) },
    ],
  };
}

/** Every month on the same day. */
export function monthly(making: Making): MadeObject {
  const first = { ...making, day: making.day.with({ day: Math.min(making.day.day, 28) }) };
  const start = timed(first, making.random.pick(zoneNames));
  const title = titleOf(making, "Report");
  const months = Array.from({ length: 12 }, (_, index): When => (start.kind === "time" ? { ...start, wall: start.wall.add({ months: index }) } : start));
  return {
    ics: calendarObject([[...head(making, title), timeLine("DTSTART", start), "DURATION:PT45M", "RRULE:FREQ=MONTHLY;COUNT=12"]]),
    occurrences: months.map((each) => ({ uid: making.uid, title, start: asExpected(each) })),
  };
}

/** A birthday: every year, all day. */
export function yearly(making: Making): MadeObject {
  const date = making.day.with({ day: Math.min(making.day.day, 28) });
  const title = titleOf(making, "Birthday");
  return {
    ics: calendarObject([[...head(making, title), timeLine("DTSTART", { kind: "date", date }), "RRULE:FREQ=YEARLY;COUNT=3"]]),
    occurrences: [0, 1, 2].map((years) => ({ uid: making.uid, title, start: date.add({ years }).toString() })),
  };
}

/**
 * An object that a server stores without complaint although its rule means nothing: there is no 77th of a month.
 * It must be seen at its start, with a warning.
 */
export function malformed(making: Making): MadeObject {
  return only(making, "Malformed", timed(making, "UTC"), ["RRULE:FREQ=MONTHLY;BYMONTHDAY=77"]);
}
