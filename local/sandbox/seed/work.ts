import { type SeededRandom } from "../random";
import { at, days, everyYear, pick, type Stretch, weekdayFrom, weekly, weeksOf } from "./diary";
import { GUESTS, MARA_WORK, PRIYA } from "./people";
import { type SeedEvent } from "./shape";

const BERLIN = "Europe/Berlin";
const NEW_YORK = "America/New_York";
const me = MARA_WORK.email;
const { kenji, sofia, tom, lea, halden, orchard } = GUESTS;

/** The calendar of somebody who leads a design team in Berlin, with colleagues in New York and Tokyo. */
export function workDiary(stretch: Stretch, random: SeededRandom): SeedEvent[] {
  return [...meetings(stretch, random), ...oneOffs(stretch, random), ...longThings(stretch), ...aroundToday(stretch)];
}

/** Also in the other calendar of whoever is invited, under the same key. */
export function sharedMeetings(stretch: Stretch, random: SeededRandom): SeedEvent[] {
  return [
    weekly(stretch, random, {
      key: "one-to-one-priya",
      title: "1:1 Mara / Priya",
      weekday: 3,
      time: "10:00",
      minutes: 45,
      timeZone: NEW_YORK,
      everyWeeks: 2,
      moved: 0.15,
      cancelled: 0.08,
      details: { people: [PRIYA.email, me], meeting: true },
    }),
    weekly(stretch, random, {
      key: "product-weekly",
      title: "Product weekly",
      weekday: 2,
      time: "16:00",
      minutes: 60,
      timeZone: BERLIN,
      moved: 0.08,
      cancelled: 0.06,
      details: { people: [me, PRIYA.email, kenji, sofia, tom], meeting: true, description: "Agenda: numbers, risks, decisions.\nNotes are linked from the team page." },
    }),
  ];
}

function meetings(stretch: Stretch, random: SeededRandom): SeedEvent[] {
  const series = (key: string, title: string, weekday: number, time: string, minutes: number, rest: Partial<Parameters<typeof weekly>[2]> = {}): SeedEvent =>
    weekly(stretch, random, { key, title, weekday, time, minutes, timeZone: BERLIN, ...rest });
  return [
    ...sharedMeetings(stretch, random),
    series("stand-up", "Stand-up", 1, "09:15", 15, { byDay: "MO,TU,WE,TH,FR", cancelled: 0.1, details: { meeting: true, people: [me, sofia, tom, lea] } }),
    series("critique", "Design critique", 4, "13:00", 90, { moved: 0.1, cancelled: 0.1, details: { location: "Room Elbe", people: [me, sofia, lea] } }),
    series("planning", "Sprint planning", 1, "11:00", 90, { everyWeeks: 2, cancelled: 0.04, details: { people: [tom, me, sofia, lea, kenji], meeting: true } }),
    series("tokyo", "Tokyo hand-over", 4, "17:30", 30, { timeZone: "Asia/Tokyo", moved: 0.05, details: { people: [kenji, me], meeting: true } }),
    series("focus", "Focus: no meetings", 5, "09:30", 150, { details: { private: true } }),
    series("lunch", "Lunch with the team", 5, "12:15", 60, { cancelled: 0.2, details: { free: true, location: "Markthalle" } }),
    {
      key: "all-hands",
      title: "All hands",
      ...at(weekdayFrom(stretch.first, 3), "08:00", 60, "America/Los_Angeles"),
      recurrence: ["RRULE:FREQ=MONTHLY;BYDAY=1WE"],
      meeting: true,
      people: [tom, me],
    },
    {
      key: "retro",
      title: "Retrospective",
      // The stretch begins with a November: this is its last Friday.
      ...at(weekdayFrom(stretch.first.with({ day: 24 }), 5), "14:00", 60, BERLIN),
      recurrence: ["RRULE:FREQ=MONTHLY;BYDAY=-1FR"],
      people: [me, sofia, lea, tom],
    },
  ];
}

const TOPICS = ["Review: onboarding", "Prototype walk-through", "Research read-out", "Hiring sync", "Budget check", "Icon audit", "Accessibility review", "Roadmap draft", "Copy review", "Incident follow-up"] as const;
const CLIENTS = [
  ["Halden", halden],
  ["Orchard", orchard],
] as const;

/** Three or four a week that come once. */
function oneOffs(stretch: Stretch, random: SeededRandom): SeedEvent[] {
  return weeksOf(stretch).flatMap((monday, week) =>
    Array.from({ length: random.between(2, 4) }, (_, index): SeedEvent => {
      const key = `once-${week}-${index}`;
      const day = monday.add({ days: random.between(0, 4) });
      const time = pick(random, ["10:00", "10:30", "11:15", "14:00", "15:00", "15:30", "17:00"] as const);
      const when = at(day, time, pick(random, [30, 45, 60, 90] as const), BERLIN);
      if (random.chance(0.25)) {
        const [client, contact] = pick(random, CLIENTS);
        return { key, title: `${client}: ${pick(random, ["check-in", "workshop", "demo", "contract"] as const)}`, ...when, people: [me, contact], meeting: true, location: random.chance(0.3) ? `${client}, Stresemannstraße 12` : "" };
      }
      if (random.chance(0.12)) return { key, title: "Interview: product designer", ...when, people: [lea, me], private: true, meeting: true };
      return { key, title: pick(random, TOPICS), ...when, people: [me, pick(random, [sofia, tom, lea, kenji] as const)], tentative: random.chance(0.08) };
    }),
  );
}

function longThings(stretch: Stretch): SeedEvent[] {
  const yearly = (key: string, title: string, monthDay: string, count: number, details: Partial<SeedEvent> = {}): SeedEvent[] =>
    everyYear(stretch, monthDay).map((day) => ({ key: `${key}-${day.year}`, title, ...days(day, count), ...details }));
  return [
    ...yearly("offsite", "Team offsite", "02-10", 3, { location: "Gut Boltenhof" }),
    ...yearly("new-york", "New York office", "03-16", 5, { location: "New York" }),
    ...yearly("conference", "Interface conference", "05-18", 3, { location: "Lisbon" }),
    ...yearly("hiring-week", "Hiring week", "06-15", 5, { free: true }),
    ...yearly("vacation", "Out of office", "07-27", 19),
    ...yearly("tokyo-trip", "Tokyo office", "09-21", 6, { location: "Tokyo" }),
    ...yearly("annual-planning", "Annual planning", "11-09", 2),
    ...yearly("freeze", "Design freeze", "12-07", 5, { free: true }),
    ...yearly("closed", "Office closed", "12-24", 9),
    ...everyYear(stretch, "03-15").map((day): SeedEvent => ({
      key: `flight-out-${day.year}`,
      title: "Flight to New York",
      start: at(day, "10:40", 0, BERLIN).start,
      end: at(day, "13:55", 0, NEW_YORK).end,
      location: "BER, Terminal 1",
    })),
    ...everyYear(stretch, "03-20").map((day): SeedEvent => ({
      key: `flight-home-${day.year}`,
      title: "Flight home",
      start: at(day, "18:10", 0, NEW_YORK).start,
      end: at(day.add({ days: 1 }), "08:35", 0, BERLIN).end,
      location: "JFK, Terminal 4",
    })),
  ];
}

/** Whenever one looks, the present week has something in it. */
function aroundToday(stretch: Stretch): SeedEvent[] {
  const today = stretch.today.dayOfWeek > 5 ? weekdayFrom(stretch.today, 1) : stretch.today;
  return [
    { key: "today-review", title: "Client review", ...at(today, "10:00", 90, BERLIN), people: [me, halden], meeting: true },
    { key: "today-call", title: "Call with Orchard", ...at(today, "15:30", 30, BERLIN), people: [orchard, me], meeting: true },
    { key: "tomorrow-portfolio", title: "Portfolio review", ...at(today.add({ days: 1 }), "11:00", 60, BERLIN), people: [lea, me] },
    { key: "later-demo", title: "Demo day", ...at(today.add({ days: 3 }), "16:00", 120, BERLIN), location: "Atrium" },
  ];
}
