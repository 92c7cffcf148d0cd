import { describe, expect, it } from "vitest";
import { playwrightCounts, settle, summaryLine, vitestCounts } from "./counts.mjs";

const passing = { status: "passed", assertionResults: [{ status: "passed" }] };

describe("counting", () => {
  it("takes Vitest's counts and adds a file that did not load", () => {
    const broken = { status: "failed", assertionResults: [] };
    const failing = { status: "failed", assertionResults: [{ status: "failed" }] };
    const report = { numPassedTests: 7, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1, testResults: [passing, broken, failing] };
    expect(vitestCounts(report)).toEqual({ passed: 7, failed: 2, skipped: 3 });
  });

  it("takes Playwright's counts; a flaky test and an error outside of tests are failures", () => {
    const report = { stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 2 }, errors: [{}] };
    expect(playwrightCounts(report)).toEqual({ passed: 5, failed: 3, skipped: 2 });
  });

  it.each([
    ["a crash after passing tests", { passed: 3, failed: 0, skipped: 0 }, 1, { passed: 3, failed: 1, skipped: 0 }],
    ["no report", undefined, 0, { passed: 0, failed: 1, skipped: 0 }],
    ["no test", { passed: 0, failed: 0, skipped: 4 }, 0, { passed: 0, failed: 1, skipped: 4 }],
    ["failing tests", { passed: 3, failed: 2, skipped: 0 }, 1, { passed: 3, failed: 2, skipped: 0 }],
    ["success", { passed: 3, failed: 0, skipped: 1 }, 0, { passed: 3, failed: 0, skipped: 1 }],
  ] as const)("%s is settled as it should be", (_, counted, exitCode, settled) => {
    expect(settle(counted, exitCode)).toEqual(settled);
  });

  it("ends in one line that names skipped tests only when there are any", () => {
    expect(summaryLine({ passed: 4, failed: 0, skipped: 0 })).toBe("4 passed, 0 failed");
    expect(summaryLine({ passed: 4, failed: 1, skipped: 2 })).toBe("4 passed, 1 failed, 2 skipped");
  });
});
