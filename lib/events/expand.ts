import { spanOf, type Span } from "./occurrence-span";
import { inTermsOf, StartMatcher } from "./recurrence-match";
import { compileRule, type RuleStart } from "./rules/rule-starts";
import { type SeriesShape, seriesShapes } from "./series-shape";
import { faceOf, instantOf, recurrenceKey, recurrenceKeyOf } from "./time";
import type { EventSet, EventTime, Recurrence, RecurrenceDate, Recurring } from "./model";

/** Half-open, epoch milliseconds UTC. All-day occurrences are placed at UTC midnight of their dates. */
export interface ExpandWindow {
  startAt: number;
  endAt: number;
}

export interface ExpandOptions {
  /** IANA zone in which floating times are read. */
  floatingTimeZone: string;
  /** Expansion stops after this many occurrences and says so. */
  limit: number;
}

export interface Occurrence {
  /** {@link recurrenceKey} of the original start; null for a single event. */
  recurrenceKey: string | null;
  /**
   * Which event of the set describes it: the master, or an index into `exceptions` (its own exception, or the one that
   * changed all occurrences from some point on).
   */
  source: "master" | number;
  start: EventTime;
  /** Exclusive. */
  end: EventTime;
  startAt: number;
  endAt: number;
}

export interface Expansion {
  /** Ordered by `startAt`, without duplicates. */
  occurrences: Occurrence[];
  /** True when `limit` cut the list short, or a rule so fine that the search was given up (see `SearchOutcome`). */
  truncated: boolean;
}

/**
 * The occurrences of `set` that overlap `window`.
 *
 * The recurrence set is the union of every RRULE and every RDATE, less EXDATE; an exception takes the place of
 * the occurrence its recurrenceId names, wherever it was moved to, and a cancelled one leaves a hole (RFC 5545
 * §3.8.4.4, §3.8.5). One with RANGE=THISANDFUTURE also moves and describes everything after it. Exceptions without
 * their master are shown as they are.
 *
 * DTSTART belongs to the set when there is no RRULE, or when one cannot be expanded (see `recurrenceWarnings`).
 * Otherwise it is there because a rule produces it: where it fits none, the RFC leaves the set undefined, and
 * most implementations show only what the rule says.
 *
 * An occurrence without length belongs to the window that contains its start. Throws only on times that are
 * malformed or in a zone that does not exist.
 */
export function expand(set: EventSet<Recurring>, window: ExpandWindow, options: ExpandOptions): Expansion {
  const { master } = set;
  const exceptions = exceptionsInForce(set.exceptions);
  const found = new Map<string | null, Occurrence>();
  for (const [index, event] of exceptions) {
    if (event.status === "cancelled" || event.recurrenceId === null) continue;
    const span = spanOf(event.start, event.end, options.floatingTimeZone);
    if (!overlaps(span, window)) continue;
    const key = recurrenceKey(master === null ? event.recurrenceId : inTermsOf(event.recurrenceId, master.start));
    found.set(key, { recurrenceKey: key, source: index, ...span });
  }
  let isComplete = true;
  if (master !== null && master.recurrence === null) {
    const span = spanOf(master.start, master.end, options.floatingTimeZone);
    const isReplaced = replacedStarts(master, exceptions).get(recurrenceKey(master.start), faceOf(master.start));
    if (overlaps(span, window) && !isReplaced) found.set(null, { recurrenceKey: null, source: "master", ...span });
  } else if (master !== null && master.recurrence !== null) {
    isComplete = addSeries({ master, recurrence: master.recurrence, exceptions, window, options }, found);
  }
  const occurrences = [...found.values()].sort((a, b) => a.startAt - b.startAt || a.endAt - b.endAt || byKey(a, b));
  const isCut = occurrences.length > options.limit;
  return { occurrences: isCut ? occurrences.slice(0, options.limit) : occurrences, truncated: isCut || !isComplete };
}

interface Series {
  master: Recurring;
  recurrence: Recurrence;
  exceptions: ReadonlyMap<number, Recurring>;
  window: ExpandWindow;
  options: ExpandOptions;
}

/**
 * Adds what the series itself contributes: of each rule and each shape at most `limit + 1` occurrences, the earliest
 * ones. False when a rule's search was given up.
 */
function addSeries(series: Series, found: Map<string | null, Occurrence>): boolean {
  const { master, recurrence, window, options } = series;
  const { floatingTimeZone, limit } = options;
  const shapes = seriesShapes(master, series.exceptions, floatingTimeZone);
  const hidden = replacedStarts(master, series.exceptions);
  for (const exdate of recurrence.exdates) hidden.add(exdate, true);

  const offer = (original: RuleStart, shape: SeriesShape, span: Span): boolean => {
    if (!overlaps(span, window)) return false;
    const key = recurrenceKeyOf(master.start.kind, original.startAt, original.wallMs);
    if (found.has(key) || hidden.get(key, original.wallMs) === true) return false;
    found.set(key, { recurrenceKey: key, source: shape.source, ...span });
    return true;
  };
  const offerDate = ({ start, end }: RecurrenceDate): void => {
    const at = inTermsOf(start, master.start);
    const original = { startAt: instantOf(at, floatingTimeZone), wallMs: faceOf(at) };
    const shape = shapes.find(({ fromAt, toAt }) => original.startAt >= fromAt && original.startAt < toAt);
    if (shape === undefined || !shape.isShown) return;
    const hasOwnLength = end !== null && shape.source === "master";
    offer(original, shape, hasOwnLength ? spanOf(at, inTermsOf(end, master.start), floatingTimeZone) : shape.spanOf(original));
  };

  recurrence.rdates.forEach(offerDate);
  const rules = recurrence.rrules.map((rrule) => compileRule(rrule, master.start, floatingTimeZone));
  let isComplete = true;
  for (const compiled of rules) {
    if (!compiled.ok) continue;
    for (const shape of shapes) {
      if (!shape.isShown) continue;
      let accepted = 0;
      const outcome = compiled.rule.search(
        Math.max(shape.fromAt, window.startAt - shape.reachMs.before),
        Math.min(shape.toAt, window.endAt + shape.reachMs.after) - 1,
        (original) => {
          if (offer(original, shape, shape.spanOf(original))) accepted += 1;
          return accepted <= limit;
        },
      );
      if (outcome === "exhausted") isComplete = false;
    }
  }
  const isStartImplied = rules.length === 0 || rules.some((compiled) => !compiled.ok);
  if (isStartImplied) offerDate({ start: master.start, end: null });
  return isComplete;
}

/** The starts that exceptions stand for. */
function replacedStarts(master: Recurring, exceptions: ReadonlyMap<number, Recurring>): StartMatcher<true> {
  const replaced = new StartMatcher<true>(master.start);
  for (const event of exceptions.values()) if (event.recurrenceId !== null) replaced.add(event.recurrenceId, true);
  return replaced;
}

/** By index; of two exceptions for one occurrence, the one with the higher SEQUENCE, or else the later one. */
function exceptionsInForce(exceptions: readonly Recurring[]): Map<number, Recurring> {
  const best = new Map<string, { index: number; event: Recurring }>();
  exceptions.forEach((event, index) => {
    if (event.recurrenceId === null) return;
    const key = recurrenceKey(event.recurrenceId);
    const rival = best.get(key);
    if (rival === undefined || event.sequence >= rival.event.sequence) best.set(key, { index, event });
  });
  return new Map([...best.values()].map(({ index, event }) => [index, event]));
}

function overlaps(span: Span, window: ExpandWindow): boolean {
  if (span.startAt >= window.endAt) return false;
  return span.endAt > window.startAt || (span.endAt === span.startAt && span.startAt >= window.startAt);
}

function byKey(a: Occurrence, b: Occurrence): number {
  const [left, right] = [a.recurrenceKey ?? "", b.recurrenceKey ?? ""];
  return left < right ? -1 : left > right ? 1 : 0;
}
