import { compileRule } from "../rule-starts";
import { localOf, wallMsOf } from "../time";
import { type IcsComponent, propertiesOf, propertyOf } from "./components";
import { parseTime, parseUtcOffset } from "./values";

/** What a VTIMEZONE says (RFC 5545 §3.6.5). */
export interface ZoneDefinition {
  /** The instant at which its clocks show `wallMs`, gaps and repeats as in RFC 5545 §3.3.5. */
  instantOf(wallMs: number): number;
}

interface Observance {
  startMs: number;
  fromMs: number;
  toMs: number;
  rules: string[];
  /** Further onsets, wall milliseconds. */
  dates: number[];
}

interface Onset {
  wallMs: number;
  fromMs: number;
  toMs: number;
}

const YEAR_MS = 366 * 86_400_000;
/** More than one observance can need: yearly changes since the Gregorian calendar began. */
const MAX_ONSETS = 500;

/** Calendars repeat the same definition in every object: parsed ones are kept, a bounded number of them. */
const CACHE_ENTRIES = 200;
const cache = new Map<string, ZoneDefinition | null>();

/** Null when the component has no usable observance. */
export function zoneDefinition(component: IcsComponent): ZoneDefinition | null {
  const key = JSON.stringify(component.components.map(({ properties }) => properties.map(({ name, value }) => [name, value])));
  const known = cache.get(key);
  if (known !== undefined) return known;
  const observances = component.components.flatMap((part) => observanceOf(part) ?? []);
  const made = observances.length === 0 ? null : definitionOf(observances);
  if (cache.size >= CACHE_ENTRIES) cache.clear();
  cache.set(key, made);
  return made;
}

function definitionOf(observances: readonly Observance[]): ZoneDefinition {
  const earliest = observances.reduce((first, next) => (next.startMs < first.startMs ? next : first));
  const years = new Map<number, Onset[]>();
  const onsetsAround = (wallMs: number): Onset[] => {
    const year = new Date(wallMs).getUTCFullYear();
    const known = years.get(year);
    if (known !== undefined) return known;
    const until = Date.UTC(year + 1, 0, 2);
    const onsets = observances.flatMap((observance) => onsetsOf(observance, until)).sort((a, b) => a.wallMs - b.wallMs);
    years.set(year, onsets);
    return onsets;
  };
  return {
    instantOf(wallMs) {
      const last = onsetsAround(wallMs).findLast((onset) => onset.wallMs <= wallMs);
      if (last === undefined) return wallMs - earliest.fromMs;
      const inGap = wallMs < last.wallMs + (last.toMs - last.fromMs);
      return wallMs - (inGap ? last.fromMs : last.toMs);
    },
  };
}

/** The onsets of about the last two years before `until`; where there are none, the last one before that. */
function onsetsOf(observance: Observance, until: number): Onset[] {
  const { startMs, fromMs, toMs } = observance;
  const since = until - 2 * YEAR_MS;
  const walls = [startMs, ...observance.dates].filter((wallMs) => wallMs < until);
  for (const rule of observance.rules) {
    const recent = ruleOnsets(rule, startMs, since, until);
    walls.push(...(recent.length > 0 ? recent : ruleOnsets(rule, startMs, startMs, until).slice(-1)));
  }
  return walls.map((wallMs) => ({ wallMs, fromMs, toMs }));
}

function ruleOnsets(rule: string, startMs: number, since: number, until: number): number[] {
  const compiled = compileRule(rule, { kind: "floating", local: localOf(startMs) }, "UTC");
  if (!compiled.ok) return [];
  const found: number[] = [];
  for (const starts of compiled.rule.starts(since, until, MAX_ONSETS)) {
    found.push(...starts.map(({ wallMs }) => wallMs));
    if (found.length >= MAX_ONSETS) break;
  }
  return found.slice(0, MAX_ONSETS);
}

function observanceOf(component: IcsComponent): Observance | null {
  const start = propertyOf(component, "DTSTART");
  const fromMs = parseUtcOffset(propertyOf(component, "TZOFFSETFROM")?.value ?? "");
  const toMs = parseUtcOffset(propertyOf(component, "TZOFFSETTO")?.value ?? "");
  if (start === null || fromMs === null || toMs === null) return null;
  try {
    const wallOf = (text: string) => {
      const { date, time, utc } = parseTime(text, start);
      return wallMsOf(`${date}T${time ?? "00:00:00"}`) + (utc ? fromMs : 0);
    };
    return {
      startMs: wallOf(start.value),
      fromMs,
      toMs,
      rules: propertiesOf(component, "RRULE").map(({ value }) => value),
      dates: propertiesOf(component, "RDATE").flatMap(({ value }) => value.split(",").slice(0, MAX_ONSETS).map(wallOf)),
    };
  } catch {
    return null;
  }
}
