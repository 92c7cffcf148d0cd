import { readFileSync } from "node:fs";
import { expand } from "../../../lib/events/expand";
import { readCalendar } from "../../../lib/events/icalendar/read-calendar";
import { answerTasks } from "../answer-tasks";

export interface IcsResult {
  /** VEVENTs that the raw text shows. */
  events: number;
  imported: number;
  superseded: number;
  /** VEVENTs that were named as unreadable. */
  missing: number;
  /** Everything that was named, in words. */
  problems: string[];
  isCalendar: boolean;
}

/** Ten years around most of the files' dates: every imported event is expanded too, because that must not hang either. */
const WINDOW = { startAt: Date.UTC(2005, 0, 1), endAt: Date.UTC(2030, 0, 1) };
const LIMIT = 2_000;

answerTasks<string, IcsResult>((file) => {
  const bytes = readFileSync(file);
  const events = (bytes.toString("latin1").match(/^BEGIN:VEVENT\s*$/gim) ?? []).length;
  const reading = readCalendar(bytes);
  if (reading.kind === "unreadable") {
    return { events, imported: 0, superseded: 0, missing: events, problems: [reading.reason], isCalendar: false };
  }
  for (const { events: group } of reading.groups) {
    const master = group.find(({ recurrenceId }) => recurrenceId === null) ?? null;
    const exceptions = group.filter(({ recurrenceId }) => recurrenceId !== null);
    expand({ master, exceptions }, WINDOW, { floatingTimeZone: "UTC", limit: LIMIT });
  }
  return {
    events,
    imported: reading.groups.reduce((sum, group) => sum + group.events.length, 0),
    superseded: reading.superseded,
    missing: reading.problems.filter(({ kind }) => kind === "event").length,
    problems: reading.problems.map(({ reason }) => reason),
    isCalendar: true,
  };
});
