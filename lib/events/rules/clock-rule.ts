import { chosenPlaces } from "./set-positions";
import { dayLimit } from "./day-limits";
import { DAY_MS } from "./days";
import type { MomentSearch, SearchOutcome } from "./search";
import type { Frequency, RuleParts } from "./rule-parts";

/** How a zone's clocks relate to the exact time that a sub-daily rule runs on. */
export interface ZoneClock {
  wallOf(ms: number): number;
  momentOf(wallMs: number): number;
}

/** A rule that steps by hours, minutes or seconds. Its moments are exact time: an hour more is an hour later, whatever clocks do. */
export interface ClockRule {
  search(search: MomentSearch): SearchOutcome;
}

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const SECOND_MS = 1_000;
const UNITS: Partial<Record<Frequency, number>> = { HOURLY: HOUR_MS, MINUTELY: MINUTE_MS, SECONDLY: SECOND_MS };

/** About a tenth of a second of work. Ordinary rules need one step for each start and each day without one. */
const MAX_STEPS = 300_000;

/**
 * Periods are hours, minutes or seconds at a fixed distance. Where the rule's limits exclude one, the search goes on
 * at the next day, hour or minute that may not be excluded; and where starts before `fromMs` only have to be
 * counted, whole days, hours or minutes of them are counted at once.
 */
export function clockRule(parts: RuleParts, startMs: number, clock: ZoneClock): ClockRule {
  const unit = UNITS[parts.freq] ?? SECOND_MS;
  const isDayAllowed = dayLimit(parts, [], "month");
  const startWall = clock.wallOf(startMs);
  const allowsHour = memberTest(parts.hours);
  const allowsMinute = unit < HOUR_MS ? memberTest(parts.minutes) : null;
  const allowsSecond = unit < MINUTE_MS ? memberTest(parts.seconds) : null;
  // Minutes that the rule names are those that clocks show, also where a zone has moved by half an hour since DTSTART.
  const placesMinutes = unit === HOUR_MS && parts.minutes.length > 0;
  const all = momentsOfPeriod(parts, unit, startWall);
  const moments = parts.positions.length === 0 ? all : chosenPlaces(parts.positions, all.length).flatMap((place) => all[place] ?? []);

  /** The first moment at which a period that is excluded, or allowed, for one reason may be otherwise. */
  const boundary = (ms: number, wall: number, size: number): number =>
    size === DAY_MS ? Math.max(clock.momentOf((Math.floor(wall / DAY_MS) + 1) * DAY_MS), ms + 1) : ms + size - modulo(wall, size);

  /** Where the search goes on when the period is excluded; null when it is allowed. */
  const excludedUntil = (ms: number, wall: number): number | null => {
    if (isDayAllowed !== null && !isDayAllowed(Math.floor(wall / DAY_MS))) return boundary(ms, wall, DAY_MS);
    if (allowsHour !== null && !allowsHour(modulo(wall, DAY_MS) / HOUR_MS)) return boundary(ms, wall, HOUR_MS);
    if (allowsMinute !== null && !allowsMinute(modulo(wall, HOUR_MS) / MINUTE_MS)) return boundary(ms, wall, MINUTE_MS);
    if (allowsSecond !== null && !allowsSecond(modulo(wall, MINUTE_MS) / SECOND_MS)) return boundary(ms, wall, SECOND_MS);
    return null;
  };
  /** The moment at which clocks show so much after the hour that the period is in. */
  const momentInHour = (period: number, wall: number, offset: number): number => {
    const hour = modulo(wall, unit);
    const moment = period - hour + offset;
    return clock.wallOf(moment) === wall - hour + offset ? moment : clock.momentOf(wall - hour + offset);
  };
  const steadySize =
    allowsSecond !== null ? SECOND_MS : allowsMinute !== null ? MINUTE_MS : allowsHour !== null ? HOUR_MS : DAY_MS;

  return {
    search({ fromMs, toMs, visit }) {
      const origin = startMs - modulo(startWall, unit);
      const step = parts.interval * unit;
      let last = startMs - 1;
      let counted = 0;
      let index = parts.count === null ? Math.max(0, Math.floor((fromMs - origin) / step) - 1) : 0;
      for (let steps = 0; steps < MAX_STEPS; steps += 1) {
        const period = origin + index * step;
        // A clock change of half an hour can put the beginning of a period into the hour before.
        if (period > toMs + HOUR_MS) return "complete";
        const wall = clock.wallOf(period);
        const excluded = excludedUntil(period, wall);
        if (excluded !== null) {
          index = Math.max(index + 1, Math.ceil((excluded - origin) / step));
          continue;
        }
        if (parts.count !== null && index > 0) {
          const steadyUntil = Math.min(boundary(period, wall, steadySize), fromMs - unit);
          const whole = Math.ceil((steadyUntil - period) / step);
          if (whole > 0) {
            counted += whole * moments.length;
            if (counted >= parts.count) return "complete";
            index += whole;
            continue;
          }
        }
        for (const offset of moments) {
          const ms = placesMinutes ? momentInHour(period, wall, offset) : period + offset;
          if (ms <= last) continue;
          last = ms;
          counted += 1;
          if (parts.count !== null && counted > parts.count) return "complete";
          if (ms < fromMs) continue;
          if (ms > toMs) return "complete";
          if (!visit(ms)) return "stopped";
        }
        index += 1;
      }
      return "exhausted";
    },
  };
}

/** The starts within one period, in milliseconds from its beginning. */
function momentsOfPeriod(parts: RuleParts, unit: number, startWall: number): number[] {
  const ownMinute = modulo(startWall, HOUR_MS) / MINUTE_MS;
  const ownSecond = modulo(startWall, MINUTE_MS) / SECOND_MS;
  const minutes = unit < HOUR_MS ? [0] : parts.minutes.length > 0 ? parts.minutes : [Math.floor(ownMinute)];
  const seconds = unit < MINUTE_MS ? [0] : parts.seconds.length > 0 ? parts.seconds : [Math.floor(ownSecond)];
  return minutes.flatMap((minute) => seconds.map((second) => minute * MINUTE_MS + second * SECOND_MS));
}

function memberTest(list: readonly number[]): ((place: number) => boolean) | null {
  if (list.length === 0) return null;
  const members = new Set(list);
  return (place) => members.has(Math.floor(place));
}

function modulo(value: number, size: number): number {
  return ((value % size) + size) % size;
}
