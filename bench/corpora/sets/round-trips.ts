import { performance } from "node:perf_hooks";
import type { SetReport } from "../set-report";
import type { FoundObject } from "./json-files";

/** Runs one check over all cases. A check answers null, or what is lost; when it throws, that is a crash. */
export function reportOf(name: string, cases: readonly FoundObject[], check: (found: FoundObject) => string | null): SetReport {
  const report: SetReport = { name, cases: cases.length, passed: 0, failed: [], crashes: 0, milliseconds: 0 };
  const startedAt = performance.now();
  for (const found of cases) {
    try {
      const reason = check(found);
      if (reason === null) report.passed += 1;
      else report.failed.push({ case: found.case, reason });
    } catch (error) {
      report.crashes += 1;
      report.failed.push({ case: found.case, reason: `crashed: ${error instanceof Error ? error.message : String(error)}` });
    }
  }
  report.milliseconds = Math.round(performance.now() - startedAt);
  return report;
}

/** Names of the members that differ; null when none does. */
export function differing(a: object, b: object, canonical: (value: unknown) => string): string | null {
  const [left, right] = [new Map(Object.entries(a)), new Map(Object.entries(b))];
  const names = [...new Set([...left.keys(), ...right.keys()])].filter((name) => canonical(left.get(name)) !== canonical(right.get(name)));
  return names.length === 0 ? null : names.map((name) => `${name}: ${canonical(left.get(name)).slice(0, 120)} became ${canonical(right.get(name)).slice(0, 120)}`).join("; ");
}
