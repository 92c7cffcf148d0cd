import { expand } from "../expand";
import type { EventSet, EventTime, Recurrence, UnifiedEvent } from "../model";
import { inTermsOf } from "../recurrence-match";
import { parseRule, untilOf } from "../rules/rule-parts";
import { instantOf, localOf, wallMsOf } from "../time";
import { FLOATING_ZONE } from "./occurrence";
import { endAfter } from "./shift";

/** Occurrences of a rule with COUNT that are counted, at most. */
const MAX_COUNTED = 20_000;
/** So many occurrences within so many years, before and after, are compared with what was there before. */
const COMPARED = 200;
const COMPARED_MS = 12 * 366 * 86_400_000;
const DAY_MS = 86_400_000;

export interface Split {
  /** Null when nothing comes before. */
  head: EventSet | null;
  tail: EventSet;
}

/**
 * Cuts a series in two: `head` ends before the occurrence that `at` names (its original start, in the form of the series),
 * `tail` begins with it, under a UID of its own. Together they show what the series showed. Null where it cannot be
 * taken up in the middle: a rule is counted too far, or anchored to the first date in a way that a series which
 * starts later cannot share, or an exception changes all that follow it.
 */
export function splitSeries(set: EventSet & { master: UnifiedEvent }, recurrence: Recurrence, at: EventTime, tailUid: string): Split | null {
  const { master } = set;
  const splitAt = placeOf(at);
  const isBefore = (time: EventTime) => placeOf(inTermsOf(time, master.start)) < splitAt;
  if (set.exceptions.some((event) => event.recurrenceRange !== undefined)) return null;
  const cuts = recurrence.rrules.map((rule) => cutRule(rule, master, at));
  if (cuts.some((cut) => cut === null)) return null;
  const half = (before: boolean): Recurrence => ({
    rrules: cuts.flatMap((cut) => (before ? cut?.head : cut?.tail) ?? []),
    rdates: recurrence.rdates.filter(({ start }) => isBefore(start) === before),
    exdates: recurrence.exdates.filter((time) => isBefore(time) === before),
  });
  const exceptions = (before: boolean) => set.exceptions.filter(({ recurrenceId }) => recurrenceId !== null && isBefore(recurrenceId) === before);
  const head: EventSet = { master: { ...master, recurrence: half(true) }, exceptions: exceptions(true) };
  const tail: EventSet = {
    master: { ...master, iCalUID: tailUid, start: at, end: endAfter(at, master), recurrence: half(false) },
    exceptions: exceptions(false).map((event) => ({ ...event, iCalUID: tailUid })),
  };
  if (!agree(set, head, tail, splitAt)) return null;
  const hasHead = head.exceptions.length > 0 || startsOf(head, earliest(master), splitAt, 1).length > 0;
  return { head: hasHead ? head : null, tail };
}

/**
 * Each rule ends before the split, where it does not anyway, and goes on after it with what is left of its COUNT. A part
 * is null when the rule has nothing to show there.
 */
function cutRule(rule: string, master: UnifiedEvent, at: EventTime): { head: string; tail: string | null } | null {
  const parsed = parseRule(rule, master.start);
  // What cannot be expanded shows nothing: it stays where it is.
  if (!parsed.ok) return { head: rule, tail: null };
  const others = rule.split(";").filter((part) => part !== "" && !/^(COUNT|UNTIL)=/i.test(part));
  const head = [...others, `UNTIL=${untilBefore(at)}`].join(";");
  const { until } = parsed.parts;
  const count = /(?:^|;)COUNT=(\d+)/i.exec(rule)?.[1];
  if (until !== null && untilOf(until, master.start) < boundOf(at)) return { head: rule, tail: null };
  if (count === undefined) return { head, tail: rule };
  const alone: EventSet = { master: { ...master, recurrence: { rrules: [rule], rdates: [], exdates: [] } }, exceptions: [] };
  const started = startsOf(alone, placeOf(master.start), placeOf(at), MAX_COUNTED);
  if (started.length >= MAX_COUNTED) return null;
  const left = Number(count) - started.length;
  return left > 0 ? { head, tail: [...others, `COUNT=${left}`].join(";") } : { head: rule, tail: null };
}

/** The last moment before `at`, in the form that UNTIL has for such a start (RFC 5545 §3.3.10). */
function untilBefore(at: EventTime): string {
  if (at.kind === "date") return localOf(wallMsOf(`${at.date}T00:00:00`) - DAY_MS).slice(0, 10).replaceAll("-", "");
  return `${localOf(boundOf(at) - 1_000).replace(/[-:]/g, "")}${at.kind === "zoned" ? "Z" : ""}`;
}

/** `at` as `untilOf` counts: an instant for a zoned start, otherwise wall milliseconds. */
function boundOf(at: EventTime): number {
  return at.kind === "floating" ? wallMsOf(at.local) : placeOf(at);
}

/** Whether the two show the starts that the whole showed, and no others, around the split. Exceptions take their places later. */
function agree(whole: EventSet, head: EventSet, tail: EventSet, splitAt: number): boolean {
  const [from, to] = [splitAt - COMPARED_MS, splitAt + COMPARED_MS];
  const after = [...startsOf(head, splitAt, to, COMPARED), ...startsOf(tail, splitAt, to, COMPARED)];
  const before = [...startsOf(head, from, splitAt, MAX_COUNTED), ...startsOf(tail, from, splitAt, MAX_COUNTED)];
  return (
    after.sort().slice(0, COMPARED).join() === startsOf(whole, splitAt, to, COMPARED).sort().join() &&
    before.sort().join() === startsOf(whole, from, splitAt, MAX_COUNTED).sort().join()
  );
}

/** Keys of the original starts in a window, without regard to exceptions. */
function startsOf({ master }: EventSet, fromAt: number, toAt: number, limit: number): string[] {
  const { occurrences } = expand({ master, exceptions: [] }, { startAt: fromAt, endAt: toAt }, { floatingTimeZone: FLOATING_ZONE, limit: limit + 50 });
  return occurrences.filter(({ startAt }) => startAt >= fromAt && startAt < toAt).slice(0, limit).map(({ recurrenceKey, startAt, endAt }) => `${recurrenceKey}/${startAt}/${endAt}`);
}

function placeOf(time: EventTime): number {
  return instantOf(time, FLOATING_ZONE);
}

/** Nothing of the series comes before this: RDATE may come before DTSTART. */
function earliest(master: UnifiedEvent): number {
  return Math.min(...[master.start, ...(master.recurrence?.rdates ?? []).map(({ start }) => inTermsOf(start, master.start))].map(placeOf));
}
