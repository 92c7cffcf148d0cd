import { expand } from "../expand";
import type { EventTime, Recurrence, UnifiedEvent } from "../model";
import { inTermsOf } from "../recurrence-match";
import { instantOf, recurrenceKey } from "../time";
import { movedRule } from "./moved-rule";
import { FLOATING_ZONE } from "./occurrence";
import { endAfter, type Shift, shifted, weekdayOf } from "./shift";

/** So many occurrences from the start on, within so many years, are compared with where they should be. */
const COMPARED = 60;
const COMPARED_MS = 30 * 366 * 86_400_000;

export interface MovedSeries {
  start: EventTime;
  end: EventTime;
  recurrence: Recurrence;
  /** Where an occurrence of the old series, by its original start, is in the new one. */
  move(original: EventTime): EventTime;
}

/**
 * The series after one of its occurrences was moved and the others are to follow: by the same time of day, and by the same
 * number of days; of a series on several weekdays only those on the moved one change their day. Null where no rule puts
 * all occurrences where they should be.
 */
export function movedSeries(master: UnifiedEvent & { recurrence: Recurrence }, shift: Shift, first: { start: EventTime; end: EventTime }): MovedSeries | null {
  const { recurrence } = master;
  const weekly = recurrence.rrules.length > 0 && recurrence.rrules.every((rule) => /(?:^|;)FREQ=WEEKLY/i.test(rule) && /(?:^|;)BYDAY=/i.test(rule));
  const move = (original: EventTime): EventTime => {
    const own = inTermsOf(inTermsOf(original, master.start), shift.from);
    const stays = weekly && weekdayOf(own) !== weekdayOf(shift.from);
    return shifted(own, shift, stays ? 0 : shift.days);
  };
  const rrules = recurrence.rrules.map((rule) => movedRule(rule, shift));
  const known = rrules.filter((rule) => rule !== null);
  if (known.length < rrules.length) return null;
  const expected = startsOf(master).map(move).sort((a, b) => placeOf(a) - placeOf(b));
  const own = move(master.start);
  const [earliest] = expected;
  const start = earliest !== undefined && placeOf(earliest) < placeOf(own) ? earliest : own;
  const end = endAfter(start, first);
  const made: Recurrence = {
    rrules: known,
    rdates: recurrence.rdates.map((date) => ({ start: move(date.start), end: date.end && move(date.end) })),
    exdates: recurrence.exdates.map(move),
  };
  const actual = startsOf({ ...master, start, end, recurrence: made });
  const keys = (times: readonly EventTime[]) => times.map(recurrenceKey).slice(0, COMPARED).join();
  return keys(expected.slice(0, COMPARED)) === keys(actual) ? { start, end, recurrence: made, move } : null;
}

/** Original starts from the first on, a few more than are compared: moved ones may change places at the end. */
function startsOf(master: UnifiedEvent): EventTime[] {
  const rdates = (master.recurrence?.rdates ?? []).map(({ start }) => placeOf(inTermsOf(start, master.start)));
  const startAt = Math.min(placeOf(master.start), ...rdates);
  const window = { startAt, endAt: startAt + COMPARED_MS };
  return expand({ master, exceptions: [] }, window, { floatingTimeZone: FLOATING_ZONE, limit: COMPARED + 20 }).occurrences.map(({ start }) => start);
}

function placeOf(time: EventTime): number {
  return instantOf(time, FLOATING_ZONE);
}
