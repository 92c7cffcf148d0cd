import { RRuleTemporal } from "rrule-temporal";
import { Temporal } from "temporal-polyfill";
import { type Frequency, type RuleParts, isSubDaily, parseRule, untilOf } from "./rrule-parts";
import { instantOf, instantOfWall, wallMsOf, wallOfInstant } from "./time";
import type { EventTime } from "./model";

/** One start that a rule produces: its instant and what clocks show there ({@link wallMsOf}). */
export interface RuleStart {
  startAt: number;
  wallMs: number;
}

export interface CompiledRule {
  /**
   * Starts from `fromAt` to `toAt` (instants, inclusive), in the order of their wall times, `limit` or somewhat
   * more at a time so that a caller can stop. Ends early, without throwing, where the rule is too sparse to
   * search further: {@link MAX_ITERATIONS} periods without one start.
   */
  starts(fromAt: number, toAt: number, limit: number): Generator<RuleStart[], void, void>;
}

export type RuleCompilation = { ok: true; rule: CompiledRule } | { ok: false; message: string };

/** Bounds the work for one query to about half a second for the worst rules; ordinary ones need far less. */
const MAX_ITERATIONS = 50_000;
const DAY_MS = 86_400_000;
/** No zone is further from UTC than this, and no clock change moves a time further. */
const ZONE_PAD_MS = DAY_MS;

/** Lengths of the periods that never vary, in milliseconds of wall time (or of exact time below a day). */
const FIXED_PERIOD_MS: Partial<Record<Frequency, number>> = {
  SECONDLY: 1_000,
  MINUTELY: 60_000,
  HOURLY: 3_600_000,
  DAILY: DAY_MS,
  WEEKLY: 7 * DAY_MS,
};

/**
 * Prepares a rule for expansion.
 *
 * Rules that step by days or more are expanded on a clock without a zone and each wall time is placed in the
 * zone afterwards: times in a DST gap are shifted instead of dropped, and the library's fast paths apply. Rules
 * that step by hours or less follow exact time in their zone.
 */
export function compileRule(rule: string, start: EventTime, floatingTimeZone: string): RuleCompilation {
  const parsed = parseRule(rule, start);
  if (!parsed.ok) return parsed;
  const { parts } = parsed;
  const clock = clockOf(start, parts, floatingTimeZone);
  try {
    const until = parts.until === null ? null : untilOf(parts.until, start);
    build(parts, clock.startMs, clock.zone);
    return { ok: true, rule: { starts: (fromAt, toAt, limit) => search({ parts, clock, until }, fromAt, toAt, limit) } };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : "the rule cannot be expanded" };
  }
}

/** How the library's times relate to instants: `startMs`, `fromInstant` and `place` use the clock's own milliseconds. */
interface Clock {
  /** Zone the library works in: UTC where wall time is what counts. */
  zone: string;
  startMs: number;
  fromInstant(instant: number): number;
  place(ms: number): RuleStart;
  /** Whether UNTIL is compared with the instant or with the wall time. */
  untilOf(start: RuleStart): number;
}

function clockOf(start: EventTime, parts: RuleParts, floatingTimeZone: string): Clock {
  const zone = start.kind === "zoned" ? start.timeZone : start.kind === "floating" ? floatingTimeZone : "UTC";
  const untilOfStart = (at: RuleStart) => (start.kind === "zoned" ? at.startAt : at.wallMs);
  if (start.kind === "zoned" && isSubDaily(parts.freq)) {
    return {
      zone,
      startMs: instantOf(start, zone),
      fromInstant: (instant) => instant,
      place: (ms) => ({ startAt: ms, wallMs: wallOfInstant(ms, zone) }),
      untilOf: untilOfStart,
    };
  }
  return {
    zone: "UTC",
    startMs: wallMsOf(start.kind === "date" ? `${start.date}T00:00:00` : start.local),
    fromInstant: (instant) => wallOfInstant(instant, zone),
    place: (ms) => ({ startAt: instantOfWall(ms, zone), wallMs: ms }),
    untilOf: untilOfStart,
  };
}

function* search(
  rule: { parts: RuleParts; clock: Clock; until: number | null },
  fromAt: number,
  toAt: number,
  limit: number,
): Generator<RuleStart[], void, void> {
  const { parts, clock, until } = rule;
  const lastMs = clock.fromInstant(until === null ? toAt : Math.min(toAt, until + ZONE_PAD_MS)) + ZONE_PAD_MS;
  let ms = Math.max(clock.fromInstant(fromAt) - ZONE_PAD_MS, clock.startMs);
  let width = Math.max(limit, 1) * finestStepMs(parts);
  while (ms <= lastMs) {
    const end = Math.min(lastMs, ms + width);
    const found = between(build(parts, anchor(parts, clock.startMs, ms), clock.zone), ms, end);
    if (found === null) return;
    const starts = found
      .map((at) => clock.place(at))
      .filter((at) => at.startAt >= fromAt && at.startAt <= toAt && (until === null || clock.untilOf(at) <= until))
      // The library forgets BYDAY beside BYYEARDAY.
      .filter((at) => parts.weekdays === null || parts.weekdays.has(new Date(at.wallMs).getUTCDay()));
    if (starts.length > 0) yield starts;
    if (found.length * 4 < limit) width *= 2;
    ms = end + 1;
  }
}

function between(library: RRuleTemporal, fromMs: number, toMs: number): number[] | null {
  try {
    return library.between(new Date(fromMs), new Date(toMs), true).map((at) => at.epochMilliseconds);
  } catch {
    // The iteration cap. Everything else was refused when the rule was compiled.
    return null;
  }
}

function build(parts: RuleParts, startMs: number, zone: string): RRuleTemporal {
  return new RRuleTemporal({
    rruleString: `RRULE:${parts.text}`,
    dtstart: Temporal.Instant.fromEpochMilliseconds(startMs).toZonedDateTimeISO(zone),
    maxIterations: MAX_ITERATIONS,
    cache: false,
  });
}

/**
 * A start from which the rule yields the same occurrences after `ms`, near `ms`: whole intervals are skipped.
 * Not possible where occurrences are counted, nor where periods vary in length.
 */
function anchor(parts: RuleParts, startMs: number, ms: number): number {
  const period = FIXED_PERIOD_MS[parts.freq];
  if (period === undefined || parts.hasCount || parts.names.has("RSCALE")) return startMs;
  const step = period * parts.interval;
  return startMs + Math.max(0, Math.floor((ms - startMs) / step) - 1) * step;
}

/** No two starts of the rule are closer than this. */
function finestStepMs(parts: RuleParts): number {
  if (parts.freq === "SECONDLY" || parts.names.has("BYSECOND")) return 1_000;
  if (parts.freq === "MINUTELY" || parts.names.has("BYMINUTE")) return 60_000;
  if (parts.freq === "HOURLY" || parts.names.has("BYHOUR")) return 3_600_000;
  return DAY_MS;
}
