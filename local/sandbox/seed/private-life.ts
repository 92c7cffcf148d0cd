import { type SeededRandom } from "../random";
import { at, days, everyYear, pick, type Stretch, weekdayFrom, weekly, weeksOf } from "./diary";
import { JONAS, MARA } from "./people";
import { type SeedEvent } from "./shape";

const BERLIN = "Europe/Berlin";

/** Dinners, doctors, birthdays and journeys. */
export function privateDiary(stretch: Stretch, random: SeededRandom): SeedEvent[] {
  const series = (key: string, title: string, weekday: number, time: string, minutes: number, rest: Partial<Parameters<typeof weekly>[2]> = {}): SeedEvent =>
    weekly(stretch, random, { key, title, weekday, time, minutes, timeZone: BERLIN, ...rest });
  return [
    series("yoga", "Yoga", 2, "18:30", 75, { cancelled: 0.15, details: { location: "Studio am Ufer" } }),
    series("choir", "Choir", 4, "19:30", 120, { moved: 0.04, cancelled: 0.12, details: { location: "Zwinglikirche" } }),
    series("run", "Long run", 7, "08:30", 90, { everyWeeks: 2, cancelled: 0.1, details: { free: true } }),
    ...birthdays(stretch),
    ...journeys(stretch),
    ...evenings(stretch, random),
    { key: "today-dinner", title: "Dinner with Ana", ...at(stretch.today, "19:00", 120, BERLIN), location: "Sale e Tabacchi" },
    { key: "dentist", title: "Dentist", ...at(stretch.today.add({ days: 6 }), "08:00", 45, BERLIN), private: true },
  ];
}

const BIRTHDAYS: readonly (readonly [name: string, monthDay: string])[] = [
  ["Jonas", "01-28"],
  ["Ana", "03-04"],
  ["Mama", "05-09"],
  ["Oskar", "08-17"],
  ["Farida", "10-02"],
  ["Papa", "11-30"],
];

function birthdays({ first }: Stretch): SeedEvent[] {
  return BIRTHDAYS.map(([name, monthDay]) => ({
    key: `birthday-${name.toLowerCase()}`,
    title: `${name}’s birthday`,
    ...days(first.with({ month: Number(monthDay.slice(0, 2)), day: Number(monthDay.slice(3)) })),
    recurrence: ["RRULE:FREQ=YEARLY"],
    free: true,
  }));
}

function journeys(stretch: Stretch): SeedEvent[] {
  const trip = (key: string, title: string, monthDay: string, count: number, location: string): SeedEvent[] =>
    everyYear(stretch, monthDay).map((day) => ({ key: `${key}-${day.year}`, title, ...days(day, count), location }));
  return [
    ...trip("ski", "Skiing with friends", "01-31", 7, "Obertauern"),
    ...trip("easter", "Visit to the parents", "04-03", 4, "Uppsala"),
    ...trip("hiking", "Hiking", "05-29", 3, "Sächsische Schweiz"),
    ...trip("summer", "Summer on Gotland", "07-28", 18, "Visby"),
    ...trip("weekend", "Weekend in Copenhagen", "10-09", 3, "Copenhagen"),
    ...trip("christmas", "Christmas at home", "12-23", 5, "Uppsala"),
    ...everyYear(stretch, "07-28").map((day): SeedEvent => ({ key: `ferry-${day.year}`, title: "Ferry to Visby", ...at(day, "11:15", 195, "Europe/Stockholm"), location: "Nynäshamn" })),
    ...everyYear(stretch, "09-27").map((day): SeedEvent => ({ key: `marathon-${day.year}`, title: "Berlin marathon", ...at(weekdayFrom(day.subtract({ days: 6 }), 7), "09:15", 300, BERLIN) })),
  ];
}

function evenings(stretch: Stretch, random: SeededRandom): SeedEvent[] {
  return weeksOf(stretch).flatMap((monday, week) =>
    Array.from({ length: random.between(0, 2) }, (_, index): SeedEvent => {
      const title = pick(random, ["Dinner with friends", "Cinema", "Concert", "Theatre", "Brunch", "Museum", "Call with Mama", "Massage", "Garden"] as const);
      const weekend = random.chance(0.6);
      const day = monday.add({ days: weekend ? random.between(5, 6) : random.between(0, 3) });
      return { key: `evening-${week}-${index}`, title, ...at(day, weekend ? pick(random, ["11:00", "14:00", "20:00"] as const) : "20:00", pick(random, [60, 90, 150] as const), BERLIN) };
    }),
  );
}

/** What a family with two children shares. */
export function familyDiary(stretch: Stretch, random: SeededRandom): SeedEvent[] {
  const both = [MARA.email, JONAS.email];
  const bins = weekdayFrom(stretch.first, 4);
  const swimming = weekly(stretch, random, { key: "swimming", title: "Swimming (Oskar)", weekday: 3, time: "16:15", minutes: 45, timeZone: BERLIN, cancelled: 0.1, details: { location: "Stadtbad" } });
  const yearly = (key: string, title: string, monthDay: string, count: number): SeedEvent[] =>
    everyYear(stretch, monthDay).map((day) => ({ key: `${key}-${day.year}`, title, ...days(day, count), free: true }));
  return [
    swimming,
    weekly(stretch, random, { key: "piano", title: "Piano (Elin)", weekday: 1, time: "17:00", minutes: 30, timeZone: BERLIN, moved: 0.12, cancelled: 0.08 }),
    { key: "bins", title: "Bins out", ...days(bins), recurrence: ["RRULE:FREQ=WEEKLY;INTERVAL=2"], free: true },
    { key: "cleaning", title: "Big clean", ...days(weekdayFrom(stretch.first, 6)), recurrence: ["RRULE:FREQ=MONTHLY;BYDAY=1SA"], free: true },
    ...yearly("winter-holiday", "School holidays", "02-02", 6),
    ...yearly("easter-holiday", "School holidays", "03-30", 12),
    ...yearly("summer-holiday", "School holidays", "07-09", 44),
    ...yearly("autumn-holiday", "School holidays", "10-19", 13),
    ...yearly("elin-camp", "Elin: scout camp", "07-10", 8),
    ...yearly("class-trip", "Oskar: class trip", "06-08", 5),
    ...everyYear(stretch, "09-15").map((day): SeedEvent => ({ key: `parents-${day.year}`, title: "Parents’ evening", ...at(day, "19:00", 90, BERLIN), people: both, location: "Grundschule am Weinberg" })),
    { key: "weekend-market", title: "Market and pancakes", ...at(weekdayFrom(stretch.today, 6), "10:00", 90, BERLIN), people: both },
  ];
}

/** A nurse's shifts, some of them over midnight, and what else he does. */
export function shiftDiary(stretch: Stretch, random: SeededRandom): SeedEvent[] {
  const shifts = weeksOf(stretch).flatMap((monday, week): SeedEvent[] => {
    const kind = pick(random, ["early", "late", "night"] as const);
    const time = { early: "06:00", late: "13:30", night: "21:30" }[kind];
    const count = random.between(3, 5);
    return Array.from({ length: count }, (_, index) => ({ key: `shift-${week}-${index}`, title: `Shift (${kind})`, ...at(monday.add({ days: index }), time, 8 * 60 + 30, BERLIN) }));
  });
  return [
    ...shifts,
    weekly(stretch, random, { key: "football", title: "Football", weekday: 3, time: "20:00", minutes: 90, timeZone: BERLIN, cancelled: 0.15 }),
    { key: "guitar", title: "Guitar lesson", ...at(weekdayFrom(stretch.first, 1), "18:00", 45, BERLIN), recurrence: ["RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=24"] },
  ];
}
