import type { EventSet, EventTime, Recurrence, UnifiedEvent } from "../model";
import { inTermsOf } from "../recurrence-match";
import { recurrenceKey } from "../time";
import { canonicalJson } from "../content-hash";
import { type MovedSeries, movedSeries } from "./move-series";
import { type EditedOccurrence, occurrenceAt } from "./occurrence";
import { type EventPatch, patched } from "./patch";
import { endAfter, shiftBetween, shifted } from "./shift";
import { splitSeries } from "./split";

/** Which occurrences an edit is meant for: the one that was looked at, it and all later ones, or the whole series. */
export type EditScope = "this" | "thisAndFollowing" | "all";

export interface SeriesEdit {
  scope: EditScope;
  /** The original start of the occurrence that was looked at. */
  original: EventTime;
  /** Null deletes. */
  patch: EventPatch | null;
  /** The UID of the series that an edit of this and the following ones makes. */
  newUid: string;
}

export type EditedSeries =
  /** The series as it is now, null when nothing is left of it; and the new one that follows it, where the edit made one. */
  | { kind: "edited"; series: EventSet | null; following: EventSet | null }
  /** Nothing was changed. `reason` says why, for a person. */
  | { kind: "refused"; code: "no_such_occurrence" | "not_a_series" | "rule_needed" | "cannot_split"; reason: string };

const REFUSALS = {
  no_such_occurrence: "The series has no event on that date any more.",
  not_a_series: "This event does not repeat, or its series is not known.",
  rule_needed: "The event cannot be moved to that date by the rule of its series: choose how it repeats from now on.",
  cannot_split: "This series cannot be divided at that date: change this event alone, or all of them.",
} as const;

/** The series after an edit, as events; the old ones are not changed. */
export function editSeries(set: EventSet, edit: SeriesEdit): EditedSeries {
  const { master } = set;
  if (master === null || master.recurrence === null) return refused("not_a_series");
  const series = { ...set, master };
  const occurrence = occurrenceAt(set, edit.original);
  if (occurrence === null) return refused("no_such_occurrence");
  switch (edit.scope) {
    case "this":
      return { kind: "edited", series: editThis(series, master.recurrence, occurrence, edit.patch), following: null };
    case "all":
      return editAll(series, master.recurrence, occurrence, edit.patch);
    case "thisAndFollowing":
      return editFollowing(series, master.recurrence, occurrence, edit);
  }
}

type Series = EventSet & { master: UnifiedEvent };

function editThis(set: Series, recurrence: Recurrence, occurrence: EditedOccurrence, patch: EventPatch | null): EventSet {
  const { master } = set;
  const key = recurrenceKey(occurrence.original);
  const others = set.exceptions.filter((event) => event.recurrenceId === null || event.recurrenceRange !== undefined || recurrenceKey(inTermsOf(event.recurrenceId, master.start)) !== key);
  if (patch === null) {
    const exdates = [...recurrence.exdates, occurrence.original];
    return { master: { ...master, recurrence: { ...recurrence, exdates } }, exceptions: others };
  }
  const { recurrence: _ofTheSeries, ...own } = patch;
  const standing: UnifiedEvent = { ...occurrence.event, recurrenceId: occurrence.original, recurrence: null, start: occurrence.start, end: occurrence.end };
  const { recurrenceRange: _alone, ...single } = standing;
  return { master, exceptions: [...others, patched(single, withEnd(own, occurrence))] };
}

function editAll(set: Series, recurrence: Recurrence, occurrence: EditedOccurrence, patch: EventPatch | null): EditedSeries {
  if (patch === null) return { kind: "edited", series: null, following: null };
  const { master } = set;
  const { start, end, recurrence: chosen, ...rest } = withEnd(patch, occurrence);
  const times = start === undefined || end === undefined ? null : { start, end };
  const shift = times === null ? null : shiftBetween(occurrence.start, times.start);
  const moved = times === null || shift === null || chosen !== undefined ? null : movedSeries({ ...master, recurrence }, shift, times);
  if (times !== null && chosen === undefined && moved === null) return refused("rule_needed");
  const next: EventPatch = { ...rest };
  if (moved !== null) Object.assign(next, { start: moved.start, end: moved.end, recurrence: moved.recurrence });
  if (chosen !== undefined) next.recurrence = chosen;
  if (times !== null && shift !== null && chosen !== undefined) {
    next.start = shifted(inTermsOf(master.start, shift.from), shift);
    next.end = endAfter(next.start, times);
  }
  const changed = patched(master, next);
  // By another rule there is no telling which occurrence an exception stood for.
  const exceptions = chosen === undefined ? set.exceptions.map((event) => followed(event, master, changed, rest, moved)) : [];
  return { kind: "edited", series: { master: changed, exceptions }, following: null };
}

function editFollowing(set: Series, recurrence: Recurrence, occurrence: EditedOccurrence, { patch, newUid }: SeriesEdit): EditedSeries {
  const split = splitSeries(set, recurrence, occurrence.original, newUid);
  if (split === null) return refused("cannot_split");
  const { head, tail } = split;
  if (head === null) return editAll(set, recurrence, occurrence, patch);
  const series: EventSet = { ...head, master: head.master && { ...head.master, sequence: head.master.sequence + 1 } };
  if (patch === null || tail.master === null || tail.master.recurrence === null) return { kind: "edited", series, following: null };
  const edited = editAll({ ...tail, master: tail.master }, tail.master.recurrence, occurrence, patch);
  return edited.kind === "refused" ? edited : { kind: "edited", series, following: edited.series };
}

/** A start without an end keeps the length, and an end without a start the start. */
function withEnd(patch: EventPatch, occurrence: EditedOccurrence): EventPatch {
  if (patch.start === undefined && patch.end === undefined) return patch;
  const start = patch.start ?? occurrence.start;
  return { ...patch, start, end: patch.end ?? endAfter(start, occurrence) };
}

/**
 * An exception of a series that was edited: it takes over what it did not have of its own, and stands for the
 * occurrence it stood for.
 */
function followed(event: UnifiedEvent, before: UnifiedEvent, after: UnifiedEvent, rest: EventPatch, moved: MovedSeries | null): UnifiedEvent {
  const same = (field: string) => canonicalJson(event[field as keyof UnifiedEvent]) === canonicalJson(before[field as keyof UnifiedEvent]);
  const inherited = Object.fromEntries(Object.entries(rest).filter(([field]) => same(field)));
  if (moved === null || event.recurrenceId === null) return { ...event, ...inherited };
  const original = inTermsOf(event.recurrenceId, before.start);
  const recurrenceId = moved.move(original);
  // Its own time stays, if it has one.
  const times = recurrenceKey(event.start) === recurrenceKey(original) ? { start: recurrenceId, end: endAfter(recurrenceId, after) } : {};
  return { ...event, ...inherited, ...times, recurrenceId };
}

function refused(code: keyof typeof REFUSALS): EditedSeries {
  return { kind: "refused", code, reason: REFUSALS[code] };
}
