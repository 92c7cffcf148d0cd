import { Temporal } from "temporal-polyfill";
import type { RadicaleCalendar } from "../radicale";
import {
  allDay,
  flight,
  floating,
  long,
  malformed,
  meeting,
  monthly,
  weekly,
  yearly,
  type ExpectedOccurrence,
  type MadeObject,
  type Making,
} from "./event-kinds";
import { seededRandom } from "./random";

type Kind = (making: Making) => MadeObject;

/** A calendar, and everything that must be seen of it, in no particular order. */
export interface MadeCalendar extends RadicaleCalendar {
  readonly expected: readonly ExpectedOccurrence[];
  /** UIDs of objects that must be seen with a warning. */
  readonly malformed: readonly string[];
}

/** What calendars to make. */
export interface CalendarsPlan {
  /** Objects in each calendar. */
  readonly objects?: number;
  readonly seed?: number;
  /** The events lie from five months before this day to eight months after it. */
  readonly around?: string;
  /** Whether the first calendar has a malformed object. */
  readonly malformed?: boolean;
}

/** Three calendars and the mixture of each: of ten objects so many are of a kind. */
const recipes: readonly { slug: string; displayName: string; color: string; mixture: readonly [Kind, ...Kind[]] }[] = [
  {
    slug: "work",
    displayName: "Work",
    color: "#2f6f4f",
    mixture: [meeting, meeting, meeting, meeting, meeting, weekly, weekly, monthly, allDay, floating],
  },
  {
    slug: "family",
    displayName: "Family",
    color: "#b4532a",
    mixture: [meeting, meeting, meeting, yearly, yearly, allDay, weekly, floating, floating, monthly],
  },
  {
    slug: "travel",
    displayName: "Travel & holidays",
    color: "#3457a6",
    mixture: [allDay, allDay, allDay, allDay, flight, flight, long, meeting, meeting, yearly],
  },
];

/** Makes three realistic calendars: the same for the same plan, on any day. */
export function makeCalendars({ objects = 520, seed = 1, around = "2026-11-21", malformed: withMalformed = true }: CalendarsPlan = {}): MadeCalendar[] {
  const first = Temporal.PlainDate.from(around).subtract({ months: 5 });
  const days = first.until(first.add({ months: 13 }), { largestUnit: "day" }).days;
  return recipes.map(({ mixture, ...recipe }, which) => {
    const random = seededRandom(seed * 1_000 + which);
    const broken = withMalformed && which === 0 ? [`${recipe.slug}-malformed@lineartime.test`] : [];
    const made = Array.from({ length: objects - broken.length }, (_, index) => {
      const making: Making = {
        uid: `${recipe.slug}-${index}@lineartime.test`,
        random,
        day: first.add({ days: random.between(0, days) }),
      };
      return { uid: making.uid, ...random.pick(mixture)(making) };
    });
    const all = [...made, ...broken.map((uid) => ({ uid, ...malformed({ uid, random, day: first }) }))];
    return {
      ...recipe,
      objects: all.map(({ uid, ics }) => ({ name: `${uid.split("@")[0]}.ics`, ics })),
      expected: all.flatMap(({ occurrences }) => occurrences),
      malformed: broken,
    };
  });
}
