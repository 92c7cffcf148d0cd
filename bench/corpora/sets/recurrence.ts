import { libraries, type LibraryName } from "../libraries/all";
import { LimitedWorker } from "../limited-worker";
import { isEveryday, judgeStarts, readRecurrenceCases, type RecurrenceCase } from "../recurrence-case";
import type { SetReport } from "../set-report";
import type { LibraryResult, LibraryTask } from "../workers/library";

/** What one library made of the cases: a report for each tier, and one for the everyday rules. */
export interface LibraryReport {
  name: LibraryName;
  tiers: Record<string, SetReport>;
  /** Occurrences that it finds in a second, over the agreed cases that every library gets right; null if it hung. */
  occurrencesPerSecond: number | null;
  /** One month of a weekly series that began in 2010 in New York, the median, in milliseconds. */
  oneMonthMs: number | null;
}

/** A case that takes longer than this has hung. */
const CASE_LIMIT_MS = 2_000;
const MEASURING_LIMIT_MS = 20_000;
const EVERYDAY = "everyday";
const AGREED = "A";

/** Puts every case to LinearTime and to the other libraries, each case within a time limit. LinearTime comes first. */
export async function recurrenceSet(file: string): Promise<LibraryReport[]> {
  const cases = await readRecurrenceCases(file);
  const workerModule = new URL("../workers/library.ts", import.meta.url);
  const judged = new LimitedWorker<LibraryTask, LibraryResult>(workerModule, CASE_LIMIT_MS);
  const measured = new LimitedWorker<LibraryTask, LibraryResult>(workerModule, MEASURING_LIMIT_MS);
  const reports: LibraryReport[] = [];
  let common = cases.filter(({ tier }) => tier === AGREED);
  for (const name of libraryNames()) {
    const { tiers, passed } = await judge(name, cases, judged);
    common = common.filter(({ id }) => passed.has(id));
    reports.push({ name, tiers, occurrencesPerSecond: null, oneMonthMs: null });
  }
  for (const report of reports) {
    const speed = await measured.run({ kind: "speed", library: report.name, cases: common });
    if (speed.kind === "done" && "perSecond" in speed.result) report.occurrencesPerSecond = speed.result.perSecond;
    const month = await measured.run({ kind: "month", library: report.name });
    if (month.kind === "done" && "medianMs" in month.result) report.oneMonthMs = month.result.medianMs;
  }
  await judged.close();
  await measured.close();
  return reports;
}

function libraryNames(): LibraryName[] {
  return Object.keys(libraries).filter((name): name is LibraryName => name in libraries);
}

async function judge(
  library: LibraryName,
  cases: readonly RecurrenceCase[],
  worker: LimitedWorker<LibraryTask, LibraryResult>,
): Promise<{ tiers: Record<string, SetReport>; passed: ReadonlySet<string> }> {
  const tiers: Record<string, SetReport> = {};
  const passed = new Set<string>();
  for (const recurrence of cases) {
    const outcome = await worker.run({ kind: "case", library, recurrence });
    const verdict = outcome.kind === "done" && "starts" in outcome.result ? judgeStarts(recurrence, outcome.result.starts) : null;
    const reason =
      outcome.kind === "timedOut" ? `not done within ${CASE_LIMIT_MS} ms` : outcome.kind === "crashed" ? `crashed: ${outcome.reason}` : verdict;
    if (reason === null) passed.add(recurrence.id);
    for (const tier of [recurrence.tier, ...(isEveryday(recurrence) ? [EVERYDAY] : [])]) {
      const report = (tiers[tier] ??= { name: `recurrence, ${tier}`, cases: 0, passed: 0, failed: [], crashes: 0, milliseconds: 0 });
      report.cases += 1;
      if (outcome.kind === "done" && "milliseconds" in outcome.result) report.milliseconds += outcome.result.milliseconds;
      if (outcome.kind === "timedOut") report.milliseconds += CASE_LIMIT_MS;
      if (outcome.kind === "crashed") report.crashes += 1;
      if (reason === null) report.passed += 1;
      else report.failed.push({ case: describe(recurrence), reason });
    }
  }
  return { tiers, passed };
}

function describe({ id, dtstart, tz, rrule }: RecurrenceCase): string {
  return `${id}: ${dtstart}${tz === null ? "" : ` ${tz}`} ${rrule.join(" + ")}`;
}
