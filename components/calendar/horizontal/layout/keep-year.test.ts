import { describe, expect, it } from "vitest";
import type { CalendarEvent } from "../../calendar-event";
import { keepYear } from "./keep-year";
import { yearShapes } from "./month-shape";
import { anEvent } from "./testing";

const shapes = yearShapes(2026, 1);
const EVENTS = [anEvent("jan", "2026-01-12").event, anEvent("jun", "2026-06-11").event, anEvent("over", "2026-06-28", "2026-07-02").event];
const BEFORE = keepYear(null, { events: EVENTS, shapes, routineShown: false });

function after(change: (event: CalendarEvent) => CalendarEvent) {
  return keepYear(BEFORE, { events: EVENTS.map((event) => change({ ...event })), shapes, routineShown: false });
}

/** The months whose rows are not the same objects as before. */
function changedRows(next: typeof BEFORE): number[] {
  return next.rows.flatMap((row, month) => (row === BEFORE.rows[month] ? [] : [month]));
}

describe("keepYear", () => {
  it("is the same year when nothing else is asked", () => {
    expect(keepYear(BEFORE, { events: EVENTS, shapes, routineShown: false })).toBe(BEFORE);
  });

  it("keeps every row when new objects say the same", () => {
    expect(changedRows(after((event) => event))).toEqual([]);
  });

  it("changes the rows of one changed event alone", () => {
    expect(changedRows(after((event) => (event.occurrenceKey === "jun" ? { ...event, title: "New" } : event)))).toEqual([5]);
    expect(changedRows(after((event) => (event.occurrenceKey === "over" ? { ...event, title: "New" } : event)))).toEqual([5, 6]);
  });

  it("folds routine and shows it again", () => {
    const hour = 3_600_000;
    const standups = Array.from({ length: 20 }, (_, day) => {
      const startAt = Date.UTC(2026, 2, 2 + day, 9);
      return { ...anEvent(`s${day}`, "2026-03-02").event, eventId: "standup", recurring: true, startAt, endAt: startAt + hour } as CalendarEvent;
    });
    const events = [...EVENTS, ...standups];
    const folded = keepYear(BEFORE, { events, shapes, routineShown: false });
    expect(folded.rows[2]).toHaveLength(0);
    expect(folded.byKey.get("s3")?.routine).toBe(true);
    const shown = keepYear(folded, { events, shapes, routineShown: true });
    expect(shown.rows[2]).toHaveLength(20);
    expect(shown.rows[5]).toBe(folded.rows[5]);
  });
});
