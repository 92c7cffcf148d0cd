import { Temporal } from "temporal-polyfill";
import type { RadicaleCalendar } from "../radicale";
import { calendarObject, escaped, timeLine } from "./icalendar-text";

/** An entry of the year: days and a title, or a day, a time, hours and a title, with more lines where it has them. */
type Entry = readonly [title: string, first: string, more: { readonly last?: string; readonly at?: string; readonly hours?: number; readonly lines?: readonly string[] }];

const zone = "Europe/Berlin";

const work: readonly Entry[] = [
  ["Atlas discovery", "01-12", { last: "01-23" }],
  ["Atlas design", "02-02", { last: "02-20" }],
  ["Offsite, Åre", "03-09", { last: "03-12" }],
  ["Atlas build", "03-16", { last: "04-24" }],
  ["Design conference", "05-06", { last: "05-08" }],
  ["Atlas beta", "05-18", { last: "06-05" }],
  ["Atlas launch week", "06-15", { last: "06-19" }],
  ["Planning, second half", "08-17", { last: "08-21" }],
  ["Kontura rollout", "09-07", { last: "10-02" }],
  ["Nordic summit", "10-13", { last: "10-15" }],
  ["Budget", "11-02", { last: "11-13" }],
  ["Year review", "12-07", { last: "12-11" }],
  ["Board meeting", "02-19", { at: "13:00", hours: 3 }],
  ["Board meeting", "05-21", { at: "13:00", hours: 3 }],
  ["Board meeting", "09-17", { at: "13:00", hours: 3 }],
  ["Board meeting", "11-26", { at: "13:00", hours: 3 }],
  ["Stand-up", "01-05", { at: "09:00", hours: 0.25, lines: ["RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;COUNT=240"] }],
  ["1:1 Klara", "01-07", { at: "14:00", hours: 0.5, lines: ["RRULE:FREQ=WEEKLY;COUNT=48"] }],
  ["Invoice run", "01-27", { at: "09:00", hours: 0.5, lines: ["RRULE:FREQ=MONTHLY;COUNT=12"] }],
];

const family: readonly Entry[] = [
  ["Leo turns nine", "01-28", {}],
  ["Winter break", "02-16", { last: "02-20" }],
  ["Easter in Skåne", "04-02", { last: "04-06" }],
  ["Birgitta", "05-11", {}],
  ["Midsummer", "06-19", { last: "06-21" }],
  ["Summer in Provence", "07-06", { last: "07-31" }],
  ["Grandparents visit", "08-11", { last: "08-15" }],
  ["School starts", "08-19", {}],
  ["Ida turns twelve", "09-23", {}],
  ["Autumn break", "10-26", { last: "10-30" }],
  ["Christmas", "12-22", { last: "12-27" }],
  ["Football, Leo", "01-07", { at: "17:00", hours: 1, lines: ["RRULE:FREQ=WEEKLY;COUNT=22"] }],
  ["Piano, Ida", "01-13", { at: "17:00", hours: 1, lines: ["RRULE:FREQ=WEEKLY;COUNT=20"] }],
  ["Theatre", "02-11", { at: "19:00", hours: 3, lines: ["RRULE:FREQ=MONTHLY;INTERVAL=2;COUNT=6"] }],
];

const running: readonly Entry[] = [
  ["Marathon block", "03-01", { last: "03-31" }],
  ["Half marathon", "04-25", {}],
  ["Stockholm Marathon", "05-30", {}],
  ["Trail camp", "08-28", { last: "08-30" }],
  ["Lidingöloppet", "09-26", {}],
  ["Long run", "01-08", { at: "08:00", hours: 2, lines: ["RRULE:FREQ=MONTHLY;COUNT=12"] }],
];

/** What is on around today, whenever that is. */
const thisWeek: readonly (readonly [title: string, daysAhead: number, at: string, hours: number])[] = [
  ["Design critique", -2, "13:00", 1.5],
  ["Hiring sync", -1, "14:00", 1],
  ["Portfolio review", -1, "11:00", 1.5],
  ["Client review", 0, "10:00", 1.5],
  ["Dentist", 0, "13:30", 0.75],
  ["Dinner with Ana", 0, "18:30", 2],
  ["Annual planning", 1, "09:30", 2],
  ["Brunch", 1, "11:00", 2],
];

/** Three calendars of somebody's year as people have them, for looking at. `today` is `YYYY-MM-DD`. */
export function familyYear(today: string): RadicaleCalendar[] {
  const now = Temporal.PlainDate.from(today);
  const around = thisWeek.map(([title, days, at, hours]): Entry => [title, now.add({ days }).toString().slice(5), { at, hours }]);
  return [
    calendar("work", "Work", "#4a87fe", now.year, [...work, ...around.slice(0, 4)]),
    calendar("family", "Family", "#dd6d05", now.year, [...family, ...around.slice(4)]),
    calendar("running", "Running", "#2aa03a", now.year, running),
  ];
}

function calendar(slug: string, displayName: string, color: string, year: number, entries: readonly Entry[]): RadicaleCalendar {
  const objects = entries.map((entry, index) => ({ name: `${index}.ics`, ics: calendarObject([event(`${slug}-${index}`, year, entry)]) }));
  return { slug, displayName, color, objects };
}

function event(uid: string, year: number, [title, first, { last = first, at, hours = 1, lines = [] }]: Entry): string[] {
  const head = [`UID:${uid}@example.com`, "DTSTAMP:20260101T000000Z", `SUMMARY:${escaped(title)}`];
  const date = Temporal.PlainDate.from(`${year}-${first}`);
  if (at === undefined) {
    const end = Temporal.PlainDate.from(`${year}-${last}`).add({ days: 1 });
    return [...head, timeLine("DTSTART", { kind: "date", date }), timeLine("DTEND", { kind: "date", date: end }), ...lines];
  }
  const wall = date.toPlainDateTime(Temporal.PlainTime.from(at));
  return [...head, timeLine("DTSTART", { kind: "time", wall, zone }), `DURATION:PT${hours * 60}M`, "LOCATION:Room 4", ...lines];
}
