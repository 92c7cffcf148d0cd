import { readdir } from "node:fs/promises";
import path from "node:path";
import { LimitedWorker } from "../limited-worker";
import type { SetReport } from "../set-report";
import type { IcsResult } from "../workers/read-ics";

/** A {@link SetReport} in which a case is a file. */
export interface IcsReport extends SetReport {
  /** Files read without a problem. */
  parsed: number;
  /** Files with something that was named and passed over. */
  reported: { file: string; problems: string[] }[];
  timedOut: number;
}

/** A file that takes longer than this has hung. */
const LIMIT_MS = 2_000;

/** Reads and expands every `.ics` of the folder. It fails where an event is neither imported nor named, and where reading throws or hangs. */
export async function icsSet(folder: string): Promise<IcsReport> {
  const files = (await readdir(folder)).filter((name) => name.toLowerCase().endsWith(".ics")).sort();
  const report: IcsReport = {
    name: "iCalendar files", cases: files.length, passed: 0, failed: [], crashes: 0, milliseconds: 0,
    parsed: 0, reported: [], timedOut: 0,
  };
  const reader = new LimitedWorker<string, IcsResult>(new URL("../workers/read-ics.ts", import.meta.url), LIMIT_MS);
  const began = performance.now();
  for (const file of files) {
    const outcome = await reader.run(path.join(folder, file));
    if (outcome.kind === "timedOut") {
      report.timedOut += 1;
      report.failed.push({ case: file, reason: `not read within ${LIMIT_MS} ms` });
    } else if (outcome.kind === "crashed") {
      report.crashes += 1;
      report.failed.push({ case: file, reason: `crashed: ${outcome.reason}` });
    } else count(report, file, outcome.result);
  }
  report.milliseconds = performance.now() - began;
  await reader.close();
  return report;
}

function count(report: IcsReport, file: string, { events, imported, superseded, missing, problems }: IcsResult): void {
  if (problems.length === 0) report.parsed += 1;
  else report.reported.push({ file, problems });
  const found = imported + superseded + missing;
  if (found === events) report.passed += 1;
  else report.failed.push({ case: file, reason: `${found} of ${events} events are imported or named` });
}
