import { instantOf, instantOfWall, LAST_MS, wallMsOf, wallOfInstant } from "../time";
import type { EventTime } from "../model";
import { clockRule } from "./clock-rule";
import { dayRule } from "./day-rule";
import { DAY_MS } from "./days";
import { isSubDaily, parseRule, type RuleParts, untilOf } from "./rule-parts";
import type { SearchOutcome } from "./search";

/** One start that a rule produces: its instant and what clocks show there ({@link wallMsOf}). */
export interface RuleStart {
  startAt: number;
  wallMs: number;
}

export interface CompiledRule {
  /**
   * Shows the starts from `fromAt` to `toAt` (instants, inclusive) in the order of their wall times, until `visit`
   * answers false. What lies before `fromAt` costs nothing, except where the rule has a COUNT.
   */
  search(fromAt: number, toAt: number, visit: (start: RuleStart) => boolean): SearchOutcome;
}

export type RuleCompilation = { ok: true; rule: CompiledRule } | { ok: false; message: string };

/** No zone is further from UTC than this, and no clock change moves a time further. */
const ZONE_PAD_MS = DAY_MS;

/**
 * Prepares a rule for a series that starts at `start`; floating times are read in `floatingTimeZone`.
 *
 * Rules that step by days or more are worked out on the clock face, and each wall time is placed in the zone
 * afterwards: one that a clock change skips is shifted, not dropped. Rules that step by hours or less follow exact
 * time. `ok` is false for a rule that is not understood; throws only on a malformed start.
 */
export function compileRule(rule: string, start: EventTime, floatingTimeZone: string): RuleCompilation {
  const parsed = parseRule(rule, start);
  if (!parsed.ok) return parsed;
  const { parts } = parsed;
  const compiled = start.kind === "zoned" && isSubDaily(parts.freq)
    ? onExactTime(parts, start.timeZone, instantOf(start, start.timeZone))
    : onClockFace(parts, start, floatingTimeZone);
  return { ok: true, rule: compiled };
}

function onExactTime(parts: RuleParts, timeZone: string, startMs: number): CompiledRule {
  const until = parts.until === null ? Infinity : untilOf(parts.until, { kind: "zoned", local: "", timeZone });
  const clock = { wallOf: (ms: number) => wallOfInstant(ms, timeZone), momentOf: (wall: number) => instantOfWall(wall, timeZone) };
  const ready = clockRule(parts, startMs, clock);
  return {
    search: (fromAt, toAt, visit) =>
      ready.search({
        fromMs: Math.max(fromAt, startMs),
        toMs: Math.min(toAt, until, LAST_MS - ZONE_PAD_MS),
        visit: (ms) => visit({ startAt: ms, wallMs: wallOfInstant(ms, timeZone) }),
      }),
  };
}

function onClockFace(parts: RuleParts, start: EventTime, floatingTimeZone: string): CompiledRule {
  const timeZone = start.kind === "zoned" ? start.timeZone : start.kind === "floating" ? floatingTimeZone : "UTC";
  const startMs = wallMsOf(start.kind === "date" ? `${start.date}T00:00:00` : start.local);
  const until = parts.until === null ? Infinity : untilOf(parts.until, start);
  const untilIsInstant = start.kind === "zoned";
  const ready = isSubDaily(parts.freq) ? clockRule(parts, startMs, FACE) : dayRule(parts, startMs);
  return {
    search: (fromAt, toAt, visit) =>
      ready.search({
        fromMs: Math.max(fromAt - ZONE_PAD_MS, startMs),
        toMs: Math.min(toAt + ZONE_PAD_MS, until + (untilIsInstant ? ZONE_PAD_MS : 0), LAST_MS),
        visit: (wallMs) => {
          const startAt = instantOfWall(wallMs, timeZone);
          const isWanted = startAt >= fromAt && startAt <= toAt && (untilIsInstant ? startAt : wallMs) <= until;
          return isWanted ? visit({ startAt, wallMs }) : true;
        },
      }),
  };
}

/** A clock that never changes. */
const FACE = { wallOf: (ms: number) => ms, momentOf: (wallMs: number) => wallMs };
