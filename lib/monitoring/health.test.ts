import { expect, it } from "vitest";
import { isSyncing, verdictOn } from "./health";

const answers = (turns: number, failures: number, lastSuccessAt: number | null, lastFailureAt: number | null) =>
  verdictOn({ turns, failures, lastSuccessAt, lastFailureAt }, 0.15);

it("a provider is judged by its error rate, or by what came last where it was hardly asked", () => {
  expect(answers(100, 14, 1, 2)).toBe("well");
  expect(answers(100, 15, 2, 1)).toBe("failing");
  expect(answers(2, 1, 1, 2)).toBe("failing");
  expect(answers(0, 0, 2, 1)).toBe("well");
  expect(answers(0, 0, null, null)).toBe("unknown");
});

it("a deployment is unwell when nobody takes up its work", () => {
  expect(isSyncing({ oldestMs: null, oldestAllowedMs: 600_000 })).toBe(true);
  expect(isSyncing({ oldestMs: 599_999, oldestAllowedMs: 600_000 })).toBe(true);
  expect(isSyncing({ oldestMs: 600_000, oldestAllowedMs: 600_000 })).toBe(false);
});
