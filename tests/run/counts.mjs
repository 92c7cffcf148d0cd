/**
 * Counts of Vitest's JSON report. A file that failed before any of its tests could run counts as one failure.
 * @param {any} report
 * @returns {import("./step.mjs").Counts}
 */
export function vitestCounts(report) {
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) => status === "failed" && !assertionResults.some((each) => each.status === "failed"),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/**
 * Counts of Playwright's JSON report. A test that passed only when tried again has failed once too often; an
 * error outside of all tests is a failure of its own.
 * @param {any} report
 * @returns {import("./step.mjs").Counts}
 */
export function playwrightCounts(report) {
  const { expected, unexpected, flaky, skipped } = report.stats;
  return { passed: expected, failed: unexpected + flaky + report.errors.length, skipped };
}

/**
 * What a step's run comes to: a runner that crashed, or ran no test at all, has failed whatever it says.
 * @param {import("./step.mjs").Counts | undefined} counted undefined when there is no report to read
 * @param {number} exitCode
 * @returns {import("./step.mjs").Counts}
 */
export function settle(counted, exitCode) {
  const { passed, failed, skipped } = counted ?? { passed: 0, failed: 0, skipped: 0 };
  const silentFailure = failed === 0 && (exitCode !== 0 || passed === 0);
  return { passed, failed: silentFailure ? 1 : failed, skipped };
}

/**
 * The last line of a test run.
 * @param {import("./step.mjs").Counts} total
 */
export const summaryLine = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
