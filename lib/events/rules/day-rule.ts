import { chosenPlaces } from "./set-positions";
import { type DayPeriods, dayPeriods } from "./day-periods";
import { DAY_MS } from "./days";
import type { MomentSearch, SearchOutcome } from "./search";
import type { RuleParts } from "./rule-parts";

/** A rule that steps by days or more, ready to be searched. Its moments are wall times: {@link wallMsOf} of `lib/events/time`. */
export interface DayRule {
  search(search: MomentSearch): SearchOutcome;
}

/**
 * Each period is made up from its days and the times of day, and nothing is kept between periods, so that a search
 * begins at the period before `fromMs`. Only a COUNT has to be counted from the start, by whole periods where they
 * are all alike. Bounded by the calendar: the years end with 9999.
 */
export function dayRule(parts: RuleParts, startMs: number): DayRule {
  const startDay = Math.floor(startMs / DAY_MS);
  const periods = dayPeriods(parts, startDay);
  const times = timesOfDay(parts, startMs - startDay * DAY_MS);
  return { search: (search) => searchPeriods({ parts, startMs, periods, times }, search) };
}

interface ReadyRule {
  parts: RuleParts;
  /** The first moment of the series: nothing before it counts. */
  startMs: number;
  periods: DayPeriods;
  times: readonly number[];
}

function searchPeriods({ parts, startMs, periods, times }: ReadyRule, { fromMs, toMs, visit }: MomentSearch): SearchOutcome {
  const { count, positions } = parts;
  const fromDay = Math.floor(fromMs / DAY_MS);
  const toDay = Math.floor(toMs / DAY_MS);
  let last = startMs - 1;
  let counted = 0;

  /** Null to go on. */
  const offer = (ms: number): SearchOutcome | null => {
    if (ms <= last) return null;
    last = ms;
    counted += 1;
    if (count !== null && counted > count) return "complete";
    if (ms < fromMs) return null;
    if (ms > toMs) return "complete";
    return visit(ms) ? null : "stopped";
  };
  const offerDay = (day: number): SearchOutcome | null => {
    const wholeDayIsEarly = day < fromDay && day * DAY_MS > last;
    if (wholeDayIsEarly && (count === null || counted + times.length <= count)) {
      counted += times.length;
      last = (day + 1) * DAY_MS - 1;
      return null;
    }
    for (const time of times) {
      const outcome = offer(day * DAY_MS + time);
      if (outcome !== null) return outcome;
    }
    return null;
  };
  const offerPositions = (days: readonly number[]): SearchOutcome | null => {
    for (const place of chosenPlaces(positions, days.length * times.length)) {
      const day = days[Math.floor(place / times.length)];
      const time = times[place % times.length];
      if (day === undefined || time === undefined) continue;
      const outcome = offer(day * DAY_MS + time);
      if (outcome !== null) return outcome;
    }
    return null;
  };

  // One period earlier than needed: SKIP may move a day into the next one.
  const near = Math.max(0, periods.indexOf(fromDay) - 1);
  for (let index = count === null ? near : 0; ; index += 1) {
    // SKIP may also move a day back, to the last one before its period.
    if (periods.firstDay(index) > toDay + 1) return "complete";
    if (index === 1 && count !== null && periods.even && near > 1) {
      const size = (periods.days(1).length || 1) * times.length;
      const perPeriod = positions.length === 0 ? size : chosenPlaces(positions, size).length;
      const whole = Math.min(near - 1, perPeriod === 0 ? Infinity : Math.floor((count - counted) / perPeriod));
      if (whole > 0) {
        counted += whole * perPeriod;
        index += whole;
        last = periods.firstDay(index) * DAY_MS - 1;
      }
    }
    const days = periods.days(index);
    if (positions.length > 0) {
      const outcome = offerPositions(days);
      if (outcome !== null) return outcome;
    } else {
      for (const day of days) {
        const outcome = offerDay(day);
        if (outcome !== null) return outcome;
      }
    }
  }
}

/** Milliseconds after midnight, ascending. What the rule leaves open is taken from DTSTART. */
function timesOfDay(parts: RuleParts, startTimeMs: number): number[] {
  const hours = parts.hours.length > 0 ? parts.hours : [Math.floor(startTimeMs / 3_600_000)];
  const minutes = parts.minutes.length > 0 ? parts.minutes : [Math.floor(startTimeMs / 60_000) % 60];
  const seconds = parts.seconds.length > 0 ? parts.seconds : [Math.floor(startTimeMs / 1_000) % 60];
  return hours.flatMap((hour) =>
    minutes.flatMap((minute) => seconds.map((second) => hour * 3_600_000 + minute * 60_000 + second * 1_000)),
  );
}
