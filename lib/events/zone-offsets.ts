import { Temporal } from "temporal-polyfill";

/** A stretch of time in which a zone's offset does not change; half-open, epoch milliseconds. */
interface Stretch {
  from: number;
  to: number;
  offsetMs: number;
}

/**
 * Stretches already looked up, by zone id. An expansion asks for thousands of offsets that lie in a handful of
 * stretches; asking Temporal for each is what would make it slow.
 */
const cache = new Map<string, Stretch[]>();
const MAX_ZONES = 600;
const MAX_STRETCHES = 400;

/** The stretch around `instant`. Throws RangeError for a zone that does not exist. */
function stretchAt(instant: number, timeZone: string): Stretch {
  const stretches = cache.get(timeZone) ?? [];
  const place = stretches.findIndex(({ from, to }) => instant >= from && instant < to);
  const known = stretches[place];
  if (known !== undefined) {
    // The next question is most likely about the same stretch or the one after it.
    if (place > 3) [stretches[0], stretches[place]] = [known, stretches[0] ?? known];
    return known;
  }
  const at = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone);
  const next = at.getTimeZoneTransition("next")?.epochMilliseconds ?? Infinity;
  // A transition at this very instant counts as “previous” only from the next millisecond on.
  const previous = at.add({ milliseconds: 1 }).getTimeZoneTransition("previous")?.epochMilliseconds ?? -Infinity;
  const made = { from: previous, to: next, offsetMs: at.offsetNanoseconds / 1e6 };
  if (cache.size >= MAX_ZONES) cache.clear();
  cache.set(timeZone, stretches.length >= MAX_STRETCHES ? [made] : [made, ...stretches]);
  return made;
}

/** The zone's offset from UTC at `instant`, in milliseconds, positive to the east. */
export function offsetAt(instant: number, timeZone: string): number {
  return timeZone === "UTC" ? 0 : stretchAt(instant, timeZone).offsetMs;
}

/** The same, for a zone that nothing more will be asked about: nothing is looked up around it. */
export function offsetOnceAt(instant: number, timeZone: string): number {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone).offsetNanoseconds / 1e6;
}

const DAY_MS = 86_400_000;

/** The offset at a wall time, where no clock change is within a day of it; null where one is. */
export function steadyOffset(wallMs: number, timeZone: string): number | null {
  const before = stretchAt(wallMs - DAY_MS, timeZone);
  return wallMs + DAY_MS < before.to ? before.offsetMs : null;
}
