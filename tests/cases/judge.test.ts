import { expect, it } from "vitest";
import { judge, type Report } from "./judge";

const cases = [{ case: 1, title: "one" }, { case: 11, title: "eleven" }, { case: 2, title: "two" }];
const file = (tests: readonly [string, string][], status = "passed"): Report["testResults"][number] => ({
  name: "a.test.ts",
  status,
  assertionResults: tests.map(([title, outcome]) => ({ title, status: outcome })),
});
const held = (...testResults: Report["testResults"]) => judge(cases, { testResults }).filter(({ ok }) => ok).map((each) => each.case);

it("a case holds when a test carries its number and all that do pass", () => {
  expect(held(file([["case 1: is so", "passed"], ["case 11: is so", "passed"], ["something else", "failed"]]))).toEqual([1, 11]);
  expect(held(file([["case 1: is so", "passed"], ["case 1: is so there too", "failed"]]))).toEqual([]);
  expect(held(file([["case 1: is so", "passed"], ["case 1: was left out", "pending"]]))).toEqual([]);
  expect(held()).toEqual([]);
});

it("no case holds when a file broke before its tests", () => {
  expect(held(file([["case 1: is so", "passed"]]), file([], "failed"))).toEqual([]);
});
