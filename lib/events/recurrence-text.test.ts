import { expect, it } from "vitest";
import { recurrenceText } from "./recurrence-text";
import type { EventTime } from "./model";

const start: EventTime = { kind: "zoned", local: "2026-01-05T09:00:00", timeZone: "Europe/Berlin" };
const rule = (...rrules: string[]) => ({ rrules, rdates: [], exdates: [] });

it.each([
  [rule("FREQ=WEEKLY;BYDAY=MO,WE"), "Every week on Monday and Wednesday"],
  [rule("FREQ=MONTHLY;BYDAY=-1FR;COUNT=5"), "Every month on last Friday for 5 times"],
  [rule("FREQ=DAILY;INTERVAL=3;UNTIL=20261201T080000Z"), "Every 3 days until December 1, 2026"],
  [{ ...rule("FREQ=DAILY"), exdates: [start, start] }, "Every day, except 2 dates"],
  [{ rrules: [], rdates: [{ start, end: null }], exdates: [] }, "On 1 extra date"],
  [rule("FREQ=SOMETIMES"), "Repeats by a rule of its own"],
])("puts %j into words", (recurrence, text) => {
  expect(recurrenceText(recurrence, start)).toBe(text);
});
