import { type SeededRandom } from "../random";
import { at, days, everyYear, pick, type Stretch, weekly, weeksOf } from "./diary";
import { sharedMeetings } from "./work";
import { type SeedEvent } from "./shape";

const NEW_YORK = "America/New_York";

/** What a team plans by: sprints, releases, who is on call, who is away. */
export function teamDiary(stretch: Stretch): SeedEvent[] {
  const names = ["Sofia", "Tom", "Lea", "Kenji", "Priya", "Mara"] as const;
  const weeks = weeksOf(stretch);
  const sprints = weeks
    .filter((_, week) => week % 2 === 0)
    .map((monday, index): SeedEvent => ({ key: `sprint-${index}`, title: `Sprint ${index + 1}`, ...days(monday, 12), free: true }));
  const onCall = weeks.map((monday, week): SeedEvent => ({ key: `on-call-${week}`, title: `On call: ${names[week % names.length] ?? ""}`, ...days(monday, 7), free: true }));
  const releases = weeks
    .filter((_, week) => week % 4 === 3)
    .map((monday, index): SeedEvent => ({ key: `release-${index}`, title: `Release ${stretch.today.year}.${index + 1}`, ...at(monday.add({ days: 2 }), "12:00", 60, "UTC") }));
  const away = (key: string, who: string, monthDay: string, count: number): SeedEvent[] =>
    everyYear(stretch, monthDay).map((day) => ({ key: `${key}-${day.year}`, title: `${who} away`, ...days(day, count), free: true }));
  return [
    ...sprints,
    ...onCall,
    ...releases,
    ...away("away-tom", "Tom", "06-22", 12),
    ...away("away-lea", "Lea", "08-24", 14),
    ...away("away-kenji", "Kenji", "04-29", 8),
    ...away("away-priya", "Priya", "11-20", 10),
  ];
}

/** A colleague in New York. */
export function colleagueDiary(stretch: Stretch, random: SeededRandom, sharedRandom: SeededRandom): SeedEvent[] {
  const once = weeksOf(stretch).flatMap((monday, week) =>
    Array.from({ length: random.between(1, 3) }, (_, index): SeedEvent => ({
      key: `ny-${week}-${index}`,
      title: pick(random, ["Vendor call", "Board prep", "Team lunch", "Interview", "Quarter numbers", "Skip-level"] as const),
      ...at(monday.add({ days: random.between(0, 4) }), pick(random, ["09:30", "11:00", "13:00", "15:30"] as const), pick(random, [30, 60] as const), NEW_YORK),
    })),
  );
  return [
    ...sharedMeetings(stretch, sharedRandom),
    ...once,
    weekly(stretch, random, { key: "gym", title: "Gym", weekday: 2, time: "07:00", minutes: 60, timeZone: NEW_YORK, byDay: "TU,TH", cancelled: 0.1, details: { private: true } }),
    // At a time of day that the change to daylight saving moves for everybody else.
    weekly(stretch, random, { key: "commute", title: "Train to Boston", weekday: 4, time: "14:10", minutes: 240, timeZone: NEW_YORK, everyWeeks: 4 }),
  ];
}
