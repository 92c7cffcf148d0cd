import { expand, type ExpandWindow, type Occurrence } from "./expand";
import type { EventSet, EventTime, Response, UnifiedEvent } from "./model";
import { instantOfWall, wallMsOf } from "./time";

/** RFC 5545 §3.2.9, in the words people know: BUSY-UNAVAILABLE, BUSY, BUSY-TENTATIVE. */
export type BusyKind = "outOfOffice" | "busy" | "tentative";

/** Half-open, epoch milliseconds. */
export interface BusyTime {
  kind: BusyKind;
  startAt: number;
  endAt: number;
}

export interface FreeBusyOptions {
  /** IANA zone of the person: whole days are days there, and floating times are read there. */
  timeZone: string;
  /** Their addresses, for calendars that do not say what their owner answered. */
  addresses: readonly string[];
  /** Occurrences looked at in each set, at most. */
  limitPerSet: number;
}

export interface FreeBusy {
  /** In order, without overlaps: where two kinds meet, the stronger one stands. Touching times of one kind are one. */
  busy: BusyTime[];
  /** True when a set has more occurrences in the window than were looked at. */
  truncated: boolean;
}

/** No zone is further from UTC: whole days are found at UTC midnight and placed in the zone afterwards. */
const DAY_PAD_MS = 15 * 3_600_000;
/** The stronger first. */
const STRENGTH: readonly BusyKind[] = ["outOfOffice", "busy", "tentative"];

/**
 * When a person is not free. An event takes no time when it is transparent or cancelled, and when they declined it; it
 * is tentative when it is so itself, or while they have not said yes (RFC 4791 §7.10).
 */
export function freeBusy(sets: readonly EventSet[], window: ExpandWindow, options: FreeBusyOptions): FreeBusy {
  const padded = { startAt: window.startAt - DAY_PAD_MS, endAt: window.endAt + DAY_PAD_MS };
  const addresses = new Set(options.addresses.map((address) => address.toLowerCase()));
  const found: BusyTime[] = [];
  let truncated = false;
  for (const set of sets) {
    const expansion = expand(set, padded, { floatingTimeZone: options.timeZone, limit: options.limitPerSet });
    truncated ||= expansion.truncated;
    for (const occurrence of expansion.occurrences) {
      const event = occurrence.source === "master" ? set.master : set.exceptions[occurrence.source];
      const kind = event ? busyKind(event, addresses) : null;
      if (kind === null) continue;
      const { startAt, endAt } = placed(occurrence, options.timeZone);
      const time = { kind, startAt: Math.max(startAt, window.startAt), endAt: Math.min(endAt, window.endAt) };
      if (time.startAt < time.endAt) found.push(time);
    }
  }
  return { busy: layered(found), truncated };
}

/** What an event does to its owner's time; null when it takes none. `addresses` in lower case. */
export function busyKind(event: UnifiedEvent, addresses: ReadonlySet<string>): BusyKind | null {
  if (event.transparency === "transparent" || event.status === "cancelled") return null;
  const response = ownResponse(event, addresses);
  if (response === "declined" || response === "delegated") return null;
  if (event.purpose === "outOfOffice") return "outOfOffice";
  return event.status === "tentative" || response === "tentative" || response === "needsAction" ? "tentative" : "busy";
}

/** What the calendar says its owner answered, or else what the guest with one of their addresses did. */
function ownResponse({ ownResponse: said, attendees }: UnifiedEvent, addresses: ReadonlySet<string>): Response | null {
  return said ?? attendees.find(({ email }) => email !== null && addresses.has(email.toLowerCase()))?.response ?? null;
}

function placed({ start, end, startAt, endAt }: Occurrence, timeZone: string): { startAt: number; endAt: number } {
  const midnight = (time: EventTime, otherwise: number) => (time.kind === "date" ? instantOfWall(wallMsOf(`${time.date}T00:00:00`), timeZone) : otherwise);
  return { startAt: midnight(start, startAt), endAt: midnight(end, endAt) };
}

/** Goes through all borders in order and notes the strongest kind between each two. */
function layered(times: readonly BusyTime[]): BusyTime[] {
  const borders = times.flatMap(({ kind, startAt, endAt }) => [{ at: startAt, kind, by: 1 }, { at: endAt, kind, by: -1 }]).sort((a, b) => a.at - b.at);
  const open: Record<BusyKind, number> = { outOfOffice: 0, busy: 0, tentative: 0 };
  const layers: BusyTime[] = [];
  for (const [index, { at, kind, by }] of borders.entries()) {
    open[kind] += by;
    const next = borders[index + 1]?.at ?? at;
    const strongest = STRENGTH.find((each) => open[each] > 0);
    if (next === at || strongest === undefined) continue;
    const last = layers.at(-1);
    if (last?.kind === strongest && last.endAt === at) last.endAt = next;
    else layers.push({ kind: strongest, startAt: at, endAt: next });
  }
  return layers;
}
