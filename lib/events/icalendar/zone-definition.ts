import { compileRule, type CompiledRule } from "../rules/rule-starts";
import { localOf, wallMsOf } from "../time";
import { type IcsComponent, propertiesOf, propertyOf } from "./components";
import { parseTime, parseUtcOffset } from "./values";

/** A moment at which a zone's clocks change: what they showed until then, and the offsets before and after. */
export interface Onset {
  wallMs: number;
  fromMs: number;
  toMs: number;
}

/** What a VTIMEZONE says (RFC 5545 §3.6.5). */
export interface ZoneDefinition {
  /** The instant at which its clocks show `wallMs`, gaps and repeats as in RFC 5545 §3.3.5. */
  instantOf(wallMs: number): number;
  /** The changes of a year that begin in it, and the last one before it. */
  onsetsOf(year: number): readonly Onset[];
  /** Whether its changes come again every year, so that it speaks about all of the future. */
  repeats: boolean;
}

interface Observance {
  startMs: number;
  fromMs: number;
  toMs: number;
  rules: readonly CompiledRule[];
  /** Further onsets, wall milliseconds. */
  dates: readonly number[];
}

const YEAR_MS = 366 * 86_400_000;
/** More than any zone on earth needs, and few enough for a hostile file. */
const MAX_OBSERVANCES = 200;
const MAX_DATES = 500;
/** Onsets of one rule within two years. */
const MAX_RULE_ONSETS = 16;

/** Calendars repeat the same definition in every object: parsed ones are kept, a bounded number of them. */
const CACHE_ENTRIES = 200;
const cache = new Map<string, ZoneDefinition | null>();

/** Null when the component has no usable observance. */
export function zoneDefinition(component: IcsComponent): ZoneDefinition | null {
  const parts = component.components.slice(0, MAX_OBSERVANCES);
  const key = JSON.stringify(parts.map(({ properties }) => properties.map(({ name, value }) => [name, value])));
  const known = cache.get(key);
  if (known !== undefined) return known;
  const observances = parts.flatMap((part) => observanceOf(part) ?? []);
  const made = observances.length === 0 ? null : definitionOf(observances);
  if (cache.size >= CACHE_ENTRIES) cache.clear();
  cache.set(key, made);
  return made;
}

/** A zone that is always at the same distance from UTC. */
export function fixedZone(offsetMs: number): ZoneDefinition {
  return { instantOf: (wallMs) => wallMs - offsetMs, onsetsOf: () => [], repeats: true };
}

function definitionOf(observances: readonly Observance[]): ZoneDefinition {
  const earliest = observances.reduce((first, next) => (next.startMs < first.startMs ? next : first));
  const years = new Map<number, Onset[]>();
  const onsetsOf = (year: number): Onset[] => {
    const known = years.get(year);
    if (known !== undefined) return known;
    const until = Date.UTC(year + 1, 0, 2);
    const onsets = observances.flatMap((observance) => onsetsUntil(observance, until)).sort((a, b) => a.wallMs - b.wallMs);
    years.set(year, onsets);
    return onsets;
  };
  return {
    instantOf(wallMs) {
      const last = onsetsOf(new Date(wallMs).getUTCFullYear()).findLast((onset) => onset.wallMs <= wallMs);
      if (last === undefined) return wallMs - earliest.fromMs;
      const inGap = wallMs < last.wallMs + (last.toMs - last.fromMs);
      return wallMs - (inGap ? last.fromMs : last.toMs);
    },
    onsetsOf,
    repeats: observances.some(({ rules }) => rules.length > 0),
  };
}

/** The onsets of about the last two years before `until`; where there are none, the last one before that. */
function onsetsUntil(observance: Observance, until: number): Onset[] {
  const { startMs, fromMs, toMs } = observance;
  const since = until - 2 * YEAR_MS;
  const walls = [startMs, ...observance.dates].filter((wallMs) => wallMs < until);
  for (const rule of observance.rules) {
    const recent = ruleOnsets(rule, since, until, MAX_RULE_ONSETS);
    walls.push(...(recent.length > 0 ? recent : ruleOnsets(rule, startMs, until, MAX_DATES).slice(-1)));
  }
  return walls.map((wallMs) => ({ wallMs, fromMs, toMs }));
}

function ruleOnsets(rule: CompiledRule, since: number, until: number, limit: number): number[] {
  const found: number[] = [];
  rule.search(since, until, ({ wallMs }) => found.push(wallMs) < limit);
  return found;
}

function observanceOf(component: IcsComponent): Observance | null {
  const start = propertyOf(component, "DTSTART");
  const fromMs = parseUtcOffset(propertyOf(component, "TZOFFSETFROM")?.value ?? "");
  const toMs = parseUtcOffset(propertyOf(component, "TZOFFSETTO")?.value ?? "");
  if (start === null || toMs === null) return null;
  const beforeMs = fromMs ?? toMs;
  try {
    const wallOf = (text: string) => {
      const { date, time, utc } = parseTime(text, start);
      return wallMsOf(`${date}T${time ?? "00:00:00"}`) + (utc ? beforeMs : 0);
    };
    const startMs = wallOf(start.value);
    return {
      startMs,
      fromMs: beforeMs,
      toMs,
      rules: propertiesOf(component, "RRULE").slice(0, MAX_OBSERVANCES).flatMap(({ value }) => onsetRule(value, startMs, beforeMs)),
      dates: propertiesOf(component, "RDATE").flatMap(({ value }) => value.split(",")).slice(0, MAX_DATES).map(wallOf),
    };
  } catch {
    return null;
  }
}

/** The rule of an observance; its UNTIL is an instant, and is brought to the clocks that it ends (§3.3.10). */
function onsetRule(text: string, startMs: number, fromMs: number): CompiledRule[] {
  const onClock = text.replace(/UNTIL=(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z/i, (_, ...digits: string[]) => {
    const [year, month, day, hour, minute, second] = digits.slice(0, 6).map(Number);
    const wall = Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second) + fromMs;
    return Number.isFinite(wall) ? `UNTIL=${localOf(wall).replace(/[-:]/g, "")}` : "";
  });
  const compiled = compileRule(onClock, { kind: "floating", local: localOf(startMs) }, "UTC");
  return compiled.ok ? [compiled.rule] : [];
}
