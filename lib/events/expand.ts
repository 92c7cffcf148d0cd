import { spanOf, lengthOf, type Length, type Span } from "./occurrence-span";
import { inTermsOf, StartMatcher } from "./recurrence-match";
import { compileRule, type CompiledRule } from "./rule-starts";
import { instantOf, localOf, recurrenceKey } from "./time";
import type { EventSet, EventTime, Recurrence, UnifiedEvent } from "./model";

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
  /** Which event of the set describes it: the master, or an index into `exceptions`. */
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
  /** True when `limit` cut the list short. */
  truncated: boolean;
}

/**
 * The occurrences of `set` that overlap `window`.
 *
 * The recurrence set is the union of every RRULE and every RDATE, less EXDATE; an exception takes the place of
 * the occurrence its recurrenceId names, wherever it was moved to, and a cancelled one leaves a hole (RFC 5545
 * §3.8.4.4, §3.8.5). Exceptions without their master are shown as they are.
 *
 * DTSTART belongs to the set when there is no RRULE, or when one cannot be expanded (see `recurrenceWarnings`).
 * Otherwise it is there because a rule produces it: where it fits none, the RFC leaves the set undefined, and
 * most implementations show only what the rule says.
 *
 * An occurrence without length belongs to the window that contains its start. Throws only on times that are
 * malformed or in a zone that does not exist.
 */
export function expand(set: EventSet, window: ExpandWindow, options: ExpandOptions): Expansion {
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
  if (master !== null && master.recurrence === null) {
    const span = spanOf(master.start, master.end, options.floatingTimeZone);
    const replaced = new StartMatcher<true>(master.start);
    for (const event of exceptions.values()) if (event.recurrenceId !== null) replaced.add(event.recurrenceId, true);
    if (overlaps(span, window) && replaced.get(master.start) === undefined) {
      found.set(null, { recurrenceKey: null, source: "master", ...span });
    }
  } else if (master !== null && master.recurrence !== null) {
    addSeries({ master, recurrence: master.recurrence, exceptions, window, options }, found);
  }
  const occurrences = [...found.values()].sort((a, b) => a.startAt - b.startAt || a.endAt - b.endAt || byKey(a, b));
  const truncated = occurrences.length > options.limit;
  return { occurrences: truncated ? occurrences.slice(0, options.limit) : occurrences, truncated };
}

interface Series {
  master: UnifiedEvent;
  recurrence: Recurrence;
  exceptions: ReadonlyMap<number, UnifiedEvent>;
  window: ExpandWindow;
  options: ExpandOptions;
}

/** Adds what the series itself contributes: at most `limit + 1` occurrences from each source, the earliest ones. */
function addSeries(series: Series, found: Map<string | null, Occurrence>): void {
  const { master, recurrence, window, options } = series;
  const length = lengthOf(master, options.floatingTimeZone);
  const hidden = new StartMatcher<true>(master.start);
  for (const exdate of recurrence.exdates) hidden.add(exdate, true);
  for (const event of series.exceptions.values()) if (event.recurrenceId !== null) hidden.add(event.recurrenceId, true);

  const offer = (span: Span): boolean => {
    if (!overlaps(span, window) || hidden.get(span.start) !== undefined) return false;
    const key = recurrenceKey(span.start);
    if (!found.has(key)) found.set(key, { recurrenceKey: key, source: "master", ...span });
    return true;
  };

  for (const { start, end } of recurrence.rdates) {
    const at = inTermsOf(start, master.start);
    offer(
      end === null
        ? length.spanFrom(at, instantOf(at, options.floatingTimeZone))
        : spanOf(at, inTermsOf(end, master.start), options.floatingTimeZone),
    );
  }
  const rules = recurrence.rrules.map((rrule) => compileRule(rrule, master.start, options.floatingTimeZone));
  for (const compiled of rules) {
    if (compiled.ok) addRule(compiled.rule, { master, length, window, limit: options.limit }, offer);
  }
  if (rules.every((compiled) => compiled.ok) && rules.length > 0) return;
  offer(length.spanFrom(master.start, instantOf(master.start, options.floatingTimeZone)));
}

function addRule(
  rule: CompiledRule,
  series: { master: UnifiedEvent; length: Length; window: ExpandWindow; limit: number },
  offer: (span: Span) => boolean,
): void {
  const { master, length, window, limit } = series;
  let accepted = 0;
  for (const starts of rule.starts(window.startAt - length.atMostMs, window.endAt - 1, limit + 1)) {
    for (const { startAt, wallMs } of starts) {
      if (offer(length.spanFrom(timeAt(wallMs, master.start), startAt))) accepted += 1;
    }
    if (accepted > limit) return;
  }
}

/** A wall time in the form of the series' start. */
function timeAt(wallMs: number, seriesStart: EventTime): EventTime {
  const local = localOf(wallMs);
  if (seriesStart.kind === "date") return { kind: "date", date: local.slice(0, 10) };
  return { ...seriesStart, local };
}

/** By index; of two exceptions for one occurrence, the one with the higher SEQUENCE, or else the later one. */
function exceptionsInForce(exceptions: readonly UnifiedEvent[]): Map<number, UnifiedEvent> {
  const best = new Map<string, { index: number; event: UnifiedEvent }>();
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
