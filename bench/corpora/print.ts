import type { IcsReport } from "./sets/ics";
import type { LibraryReport } from "./sets/recurrence";
import type { SetReport } from "./set-report";

/** One line for the set, and one for each case that failed. */
export function printSet(report: SetReport): void {
  console.log(`\n${summary(report)}`);
  for (const { case: name, reason } of report.failed) console.log(`  ✗ ${printable(name)}\n      ${printable(reason)}`);
}

export function printIcs(report: IcsReport): void {
  printSet(report);
  console.log(`  ${report.parsed} read without a problem, ${report.reported.length} with something named and passed over, ${report.timedOut} timed out`);
  for (const { file, problems } of report.reported) {
    const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : "";
    console.log(`  · ${printable(file)}\n      ${printable(problems[0] ?? "")}${more}`);
  }
}

/** LinearTime's own results by tier, what failed, and the libraries side by side. */
export function printLibraries(reports: readonly LibraryReport[]): void {
  const [own] = reports;
  if (own === undefined) return;
  for (const report of Object.values(own.tiers)) if (report.name !== "recurrence, everyday") printSet(report);
  const tiers = Object.keys(own.tiers).sort();
  const rows = reports.map(({ name, tiers: results, occurrencesPerSecond, oneMonthMs }) => [
    name,
    ...tiers.map((tier) => share(results[tier])),
    occurrencesPerSecond === null ? "–" : occurrencesPerSecond.toLocaleString("en"),
    oneMonthMs === null ? "–" : `${oneMonthMs.toFixed(3)} ms`,
  ]);
  console.log("\nSide by side: cases passed, occurrences per second, one month of a weekly series begun in 2010 in New York");
  printTable([["library", ...tiers, "occurrences/s", "one month"], ...rows]);
}

function summary({ name, cases, passed, failed, crashes, milliseconds }: SetReport): string {
  return `${name}: ${cases} cases, ${passed} passed (${percent(passed, cases)}), ${failed.length} failed, ${crashes} crashes, ${Math.round(milliseconds)} ms`;
}

function share(report: SetReport | undefined): string {
  return report === undefined ? "–" : `${report.passed}/${report.cases} (${percent(report.passed, report.cases)})`;
}

function percent(part: number, whole: number): string {
  return whole === 0 ? "–" : `${((part / whole) * 100).toFixed(1)} %`;
}

function printTable(rows: readonly string[][]): void {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  for (const row of rows) console.log(`  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`);
}

/** Outside data may hold anything, control characters of a terminal too. */
function printable(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, "·");
}
