import { answerTasks } from "../answer-tasks";
import { libraries, type LibraryName } from "../libraries/all";
import { type RecurrenceCase, startsToAskFor } from "../recurrence-case";

export type LibraryTask =
  | { kind: "case"; library: LibraryName; recurrence: RecurrenceCase }
  /** All cases again and again for half a second. */
  | { kind: "speed"; library: LibraryName; cases: RecurrenceCase[] }
  /** One month of a weekly series that began in 2010 in New York. */
  | { kind: "month"; library: LibraryName };

export type LibraryResult = { starts: string[]; milliseconds: number } | { perSecond: number } | { medianMs: number };

const MEASURED_MS = 500;
const MONTH = {
  rule: "FREQ=WEEKLY;BYDAY=MO,WE",
  dtstart: "20100104T090000",
  tz: "America/New_York",
  fromAt: Date.UTC(2026, 10, 1),
  toAt: Date.UTC(2026, 11, 1),
};

answerTasks<LibraryTask, LibraryResult>((task) => {
  const library = libraries[task.library];
  switch (task.kind) {
    case "case": {
      const began = performance.now();
      const starts = library.starts(task.recurrence, startsToAskFor(task.recurrence));
      return { starts, milliseconds: performance.now() - began };
    }
    case "speed": {
      let found = 0;
      const began = performance.now();
      while (performance.now() - began < MEASURED_MS) {
        for (const each of task.cases) found += library.starts(each, startsToAskFor(each)).length;
      }
      return { perSecond: Math.round((found / (performance.now() - began)) * 1_000) };
    }
    case "month": {
      const times: number[] = [];
      const began = performance.now();
      while (performance.now() - began < MEASURED_MS || times.length < 3) {
        const from = performance.now();
        if (library.month(MONTH) < 8) throw new Error("the month has eight or nine occurrences");
        times.push(performance.now() - from);
      }
      return { medianMs: times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0 };
    }
  }
});
