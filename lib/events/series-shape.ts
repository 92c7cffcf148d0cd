import { type Length, lengthOf, type Span } from "./occurrence-span";
import { inTermsOf } from "./recurrence-match";
import type { RuleStart } from "./rules/rule-starts";
import { faceOf, instantOf, localOf } from "./time";
import type { EventTime, Recurring } from "./model";

/**
 * What the occurrences of a stretch of a series look like: as the master says, or from some occurrence on as the
 * exception with RANGE=THISANDFUTURE there says, which moves all of them as far as it moved its own (RFC 5545 §3.8.4.4).
 */
export interface SeriesShape {
  /** Which event of the set describes them: the master, or an index into `exceptions`. */
  source: "master" | number;
  /** Original starts (instants) that have this shape: from `fromAt` until before `toAt`. */
  fromAt: number;
  toAt: number;
  /** False where a cancellation ended the series. */
  isShown: boolean;
  /** An occurrence overlaps a window only if it originally started less than this before or after it, in milliseconds. */
  reachMs: { before: number; after: number };
  spanOf(original: RuleStart): Span;
}

/** The shapes of a series in the order of their stretches, which cover all time. `exceptions` by their index in the set. */
export function seriesShapes(
  master: Recurring,
  exceptions: ReadonlyMap<number, Recurring>,
  floatingTimeZone: string,
): SeriesShape[] {
  const changes = [...exceptions].flatMap(([index, event]) => {
    if (event.recurrenceRange === undefined || event.recurrenceId === null) return [];
    const original = inTermsOf(event.recurrenceId, master.start);
    return [{ index, event, original, fromAt: instantOf(original, floatingTimeZone) }];
  });
  changes.sort((a, b) => a.fromAt - b.fromAt);
  const until = (position: number) => changes[position]?.fromAt ?? Infinity;
  const whole = { source: "master" as const, fromAt: -Infinity, toAt: until(0), isShown: true };
  return [
    { ...whole, ...unmoved(master.start, lengthOf(master, floatingTimeZone)) },
    ...changes.map(({ index, event, original, fromAt }, position) => ({
      source: index,
      fromAt,
      toAt: until(position + 1),
      isShown: event.status !== "cancelled",
      ...moved(event, faceOf(event.start) - faceOf(original), floatingTimeZone),
    })),
  ];
}

type Placing = Pick<SeriesShape, "reachMs" | "spanOf">;

function unmoved(start: EventTime, length: Length): Placing {
  return {
    reachMs: { before: length.atMostMs, after: 0 },
    spanOf: ({ startAt, wallMs }) => length.spanFrom(timeAt(wallMs, start), startAt),
  };
}

/** `byMs` is how far the start moved on the clock face. */
function moved(event: Recurring, byMs: number, floatingTimeZone: string): Placing {
  const length = lengthOf(event, floatingTimeZone);
  return {
    reachMs: {
      before: Math.max(0, byMs + length.atMostMs + ZONES_APART_MS),
      after: Math.max(0, ZONES_APART_MS - byMs),
    },
    spanOf: ({ wallMs }) => {
      const start = timeAt(wallMs + byMs, event.start);
      return length.spanFrom(start, instantOf(start, floatingTimeZone));
    },
  };
}

/** The exception may be in another zone than the series: two wall times that look the same are at most this far apart. */
const ZONES_APART_MS = 48 * 3_600_000;

/** A wall time in the form that `like` has. */
function timeAt(wallMs: number, like: EventTime): EventTime {
  const local = localOf(wallMs);
  if (like.kind === "date") return { kind: "date", date: local.slice(0, 10) };
  return like.kind === "zoned" ? { kind: "zoned", local, timeZone: like.timeZone } : { kind: "floating", local };
}
