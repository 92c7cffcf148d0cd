import { instantOfWall } from "../time";
import { WINDOWS_ZONES } from "../time-zones/windows-zones";
import { offsetOnceAt } from "../zone-offsets";
import type { ZoneDefinition } from "./zone-definition";

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
/** A definition often knows only today's rules: where an old series begins, history may agree with it later only. */
const YEARS_AHEAD = [0, 5, 10, 20];
/** Three years in a row settle every rule of weekdays and months. */
const YEARS_COMPARED = 3;
const LAST_YEAR = 9_990;
/** No clocks on earth change more often in the two years that {@link ZoneDefinition.onsetsOf} looks at. */
const MAX_ONSETS = 24;
/** Of several zones with the same clocks, the one that most people know. */
const WELL_KNOWN = [
  "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "Europe/London", "Europe/Berlin", "Europe/Helsinki",
  "Asia/Kolkata", "Australia/Sydney",
];

/** What was found for a definition, by year and preferred zone: a calendar's objects all have the same one. */
const found = new WeakMap<ZoneDefinition, Map<string, string>>();
const MAX_FOUND = 200;

/**
 * The IANA zone whose clocks go as a file's own definition says, for a time that the definition places at the same
 * instant: from the time's year on, or from some years later. `preferred` is tried first. Null when there is none.
 */
export function matchingZone(definition: ZoneDefinition, wallMs: number, preferred: string | null): string | null {
  const year = Math.min(Math.max(new Date(wallMs).getUTCFullYear(), 1), LAST_YEAR);
  const instant = definition.instantOf(wallMs);
  const earlier = found.get(definition) ?? new Map<string, string>();
  const key = `${year} ${preferred ?? ""}`;
  const known = earlier.get(key);
  if (known !== undefined && instantOfWall(wallMs, known) === instant) return known;
  const zone = searchedZone(definition, { wallMs, instant, year }, preferred);
  if (earlier.size >= MAX_FOUND) earlier.clear();
  if (zone !== null) found.set(definition, earlier.set(key, zone));
  return zone;
}

interface Time {
  wallMs: number;
  instant: number;
  /** One that rules can be followed in. */
  year: number;
}

function searchedZone(definition: ZoneDefinition, { wallMs, instant, year }: Time, preferred: string | null): string | null {
  if (definition.onsetsOf(year).length > MAX_ONSETS) return null;
  for (const zones of [preferred === null ? [] : [preferred], candidateZones()]) {
    for (const ahead of YEARS_AHEAD) {
      const from = Math.min(year + ahead, LAST_YEAR);
      const alike = zones.filter(hasOffsetsOf(definition, from));
      if (alike.length === 0) continue;
      const samples = samplesFrom(definition, from);
      const match = alike.find((zone) => instantOfWall(wallMs, zone) === instant && agrees(zone, samples));
      if (match !== undefined) return match;
    }
  }
  return null;
}

/** A quick look at one winter and one summer day: to compare whole years of every zone would take seconds. */
function hasOffsetsOf(definition: ZoneDefinition, year: number): (zone: string) => boolean {
  const days = [Date.UTC(year, 0, 15, 12), Date.UTC(year, 6, 15, 12)].map((wallMs) => ({ wallMs, instant: definition.instantOf(wallMs) }));
  return (zone) => days.every(({ wallMs, instant }) => offsetOnceAt(instant, zone) === wallMs - instant);
}

interface Sample {
  wallMs: number;
  instant: number;
}

/** Every week, and the seconds around each change. */
function samplesFrom(definition: ZoneDefinition, year: number): Sample[] {
  const walls: number[] = [];
  for (let wallMs = Date.UTC(year, 0, 1, 12); wallMs < Date.UTC(year + YEARS_COMPARED, 0, 1); wallMs += WEEK_MS) walls.push(wallMs);
  for (let each = year; each < year + YEARS_COMPARED; each += 1) {
    for (const { wallMs } of definition.onsetsOf(each)) {
      if (wallMs >= Date.UTC(year, 0, 1)) walls.push(wallMs - 1_000, wallMs, wallMs - DAY_MS, wallMs + DAY_MS);
    }
  }
  return walls.map((wallMs) => ({ wallMs, instant: definition.instantOf(wallMs) }));
}

function agrees(zone: string, samples: readonly Sample[]): boolean {
  return samples.every(({ wallMs, instant }) => instantOfWall(wallMs, zone) === instant);
}

let known: readonly string[] | null = null;

/** Fixed distances from UTC, the well-known zones, and those that stand for a whole Windows zone: every set of rules in use. */
function candidateZones(): readonly string[] {
  if (known !== null) return known;
  const fixed = Array.from({ length: 27 }, (_, index) => index - 14).map((hours) => (hours === 0 ? "UTC" : `Etc/GMT${hours > 0 ? "+" : ""}${hours}`));
  const whole = Object.values(WINDOWS_ZONES).flatMap((zones) => zones.split(" ")[0] ?? []);
  known = [...new Set([...fixed, ...WELL_KNOWN, ...whole])];
  return known;
}
