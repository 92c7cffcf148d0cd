import { localOf } from "../time";
import { type Transition, transitionsOf } from "../time-zones/transitions";
import { yearlyPattern } from "../time-zones/yearly-pattern";
import { offsetAt } from "../zone-offsets";

/** Rules are recognised, and irregular changes listed, this far beyond the beginning. */
const YEARS_AHEAD = 32;

/**
 * The VTIMEZONE (RFC 5545 §3.6.5) of an IANA zone, as content lines without folds, right for every time from `fromAt`
 * (epoch milliseconds) on: made from the platform's own transitions. Changes that come every year are written as a
 * rule without end; what is irregular (Morocco's Ramadan) is listed for 32 years. Throws RangeError for an unknown zone.
 */
export function timeZoneLines(timeZone: string, fromAt: number): string[] {
  const year = new Date(fromAt).getUTCFullYear();
  const begin = Date.UTC(year, 0, 1);
  const transitions = transitionsOf(timeZone, begin, Date.UTC(year + YEARS_AHEAD, 0, 1));
  const standing = offsetAt(begin - 1, timeZone);
  const observances = [
    observance({ startWall: begin + standing, fromMs: standing, toMs: standing, isDaylight: isDaylight(transitions, standing), rule: null }),
    ...runs(transitions).flatMap(({ members, rule }) => changes(members, rule, transitions)),
  ];
  return ["BEGIN:VTIMEZONE", `TZID:${timeZone}`, ...observances.flat(), "END:VTIMEZONE"];
}

/** Transitions that belong together; `rule` describes all of them and those of later years. */
interface Run {
  members: Transition[];
  rule: string | null;
}

/** Groups transitions by kind and month; of each group the latest years that follow a rule up to the horizon are one run. */
function runs(transitions: readonly Transition[]): Run[] {
  const kinds = new Map<string, Transition[]>();
  for (const transition of transitions) {
    const key = `${transition.fromMs} ${transition.toMs} ${new Date(wallOf(transition)).getUTCMonth()}`;
    const kind = kinds.get(key) ?? [];
    kinds.set(key, kind);
    kind.push(transition);
  }
  const lastYear = Math.max(...transitions.map(({ at }) => new Date(at).getUTCFullYear()));
  return [...kinds.values()].flatMap((kind): Run[] => {
    const reachesHorizon = new Date(kind.at(-1)?.at ?? 0).getUTCFullYear() === lastYear;
    for (let start = 0; reachesHorizon && start < kind.length; start += 1) {
      const rule = yearlyPattern(kind.slice(start).map(wallOf));
      if (rule !== null) return [{ members: kind.slice(0, start), rule: null }, { members: kind.slice(start), rule }];
    }
    return [{ members: kind, rule: null }];
  });
}

function changes(members: readonly Transition[], rule: string | null, all: readonly Transition[]): string[][] {
  const shown = rule === null ? members : members.slice(0, 1);
  return shown.map((transition) => {
    const { fromMs, toMs } = transition;
    return observance({ startWall: wallOf(transition), fromMs, toMs, isDaylight: isDaylight(all, toMs, fromMs), rule });
  });
}

/** What clocks show at the change, before it: the time that DTSTART gives. */
function wallOf({ at, fromMs }: Transition): number {
  return at + fromMs;
}

/** A name for people only: the larger of the offsets that a zone goes between is called daylight time. */
function isDaylight(transitions: readonly Transition[], offsetMs: number, otherMs?: number): boolean {
  const other = otherMs ?? transitions[0]?.toMs ?? offsetMs;
  return offsetMs > other;
}

interface Observance {
  startWall: number;
  fromMs: number;
  toMs: number;
  isDaylight: boolean;
  rule: string | null;
}

function observance({ startWall, fromMs, toMs, isDaylight: daylight, rule }: Observance): string[] {
  const kind = daylight ? "DAYLIGHT" : "STANDARD";
  return [
    `BEGIN:${kind}`,
    `DTSTART:${localOf(startWall).replace(/[-:]/g, "")}`,
    `TZOFFSETFROM:${offsetText(fromMs)}`,
    `TZOFFSETTO:${offsetText(toMs)}`,
    ...(rule === null ? [] : [`RRULE:${rule}`]),
    `END:${kind}`,
  ];
}

/** `±HHMM`, with seconds where there are some, as in times before standard time. */
function offsetText(ms: number): string {
  const seconds = Math.abs(Math.round(ms / 1_000));
  const parts = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  const digits = parts.map((part) => String(part).padStart(2, "0"));
  return `${ms < 0 ? "-" : "+"}${digits[0]}${digits[1]}${parts[2] === 0 ? "" : digits[2]}`;
}
