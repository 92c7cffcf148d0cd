import { eventWindowsSet } from "./sets/event-windows";
import { googleSet } from "./sets/google";
import { graphSet } from "./sets/graph";
import { icsSet } from "./sets/ics";
import { recurrenceSet } from "./sets/recurrence";
import { printIcs, printLibraries, printSet } from "./print";
import type { SetReport } from "./set-report";

/** What a flag's set comes to: it has printed its table, and this is what `--json` writes of it. */
interface Outcome {
  key: string;
  json: unknown;
}

export interface CorporaFlag {
  flag: string;
  /** `FILE` or `DIR`. */
  value: string;
  about: string;
  run(place: string): Promise<Outcome>;
}

/** One line for each set of outside data: the only place that knows which there are. */
export const corporaFlags: readonly CorporaFlag[] = [
  { flag: "--recurrence", value: "FILE", about: "recurrence rules with their expected starts", run: recurrence },
  { flag: "--event-windows", value: "DIR", about: "calendars, and how many occurrences lie in a window", run: eventWindows },
  { flag: "--ics", value: "DIR", about: "iCalendar files of any kind", run: ics },
  { flag: "--google", value: "DIR", about: "events of the Google Calendar API, as JSON", run: (folder) => roundTrips("google", googleSet(folder)) },
  { flag: "--graph", value: "DIR", about: "events of Microsoft Graph, as JSON", run: (folder) => roundTrips("graph", graphSet(folder)) },
];

async function recurrence(file: string): Promise<Outcome> {
  const reports = await recurrenceSet(file);
  printLibraries(reports);
  const [own] = reports;
  const counts = (tiers: Record<string, SetReport>) =>
    Object.fromEntries(Object.entries(tiers).map(([tier, { cases, passed }]) => [tier, { cases, passed }]));
  return {
    key: "recurrence",
    json: {
      ...counts(own?.tiers ?? {}),
      libraries: Object.fromEntries(
        reports.map(({ name, tiers, occurrencesPerSecond, oneMonthMs }) => [name, { ...counts(tiers), occurrencesPerSecond, oneMonthMs }]),
      ),
    },
  };
}

async function eventWindows(folder: string): Promise<Outcome> {
  const report = await eventWindowsSet(folder);
  printSet(report);
  return { key: "eventWindows", json: { cases: report.cases, passed: report.passed } };
}

async function roundTrips(key: string, running: Promise<SetReport>): Promise<Outcome> {
  const report = await running;
  printSet(report);
  return { key, json: { cases: report.cases, roundTripped: report.passed } };
}

async function ics(folder: string): Promise<Outcome> {
  const report = await icsSet(folder);
  printIcs(report);
  const { cases, parsed, reported, crashes, timedOut } = report;
  return { key: "ics", json: { files: cases, parsed, reported: reported.length, crashed: crashes, timedOut, failed: report.failed.length } };
}
