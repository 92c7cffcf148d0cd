import { playwrightCounts, vitestCounts } from "./counts.mjs";

const next = "node_modules/next/dist/bin/next";
const vitest = (project, ...more) => ({
  name: project,
  title: `${project === "unit" ? "Unit" : "Scenario"} tests`,
  commands: ({ reportFile }) => [
    [
      "node_modules/vitest/vitest.mjs",
      "run",
      // Some projects are one set of tests under several circumstances: "unit", "unit in UTC", …
      `--project=${project}*`,
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${reportFile}`,
      ...more,
    ],
  ],
  counts: vitestCounts,
});

/**
 * What `npm test` does, in this order. A step without `counts` is one check, which passes when all of its
 * commands do; the build comes before whatever starts the product.
 * @type {readonly import("./step.mjs").Step[]}
 */
export const allSteps = [
  {
    name: "types",
    title: "Type-check",
    // Types of routes that no longer exist would fail the check.
    stale: [".next/types", ".next/dev/types"],
    commands: () => [
      [next, "typegen"],
      ["node_modules/typescript/bin/tsc", "--noEmit"],
    ],
  },
  { name: "lint", title: "Lint", commands: () => [["node_modules/eslint/bin/eslint.js", ".", "--max-warnings", "0"]] },
  vitest("unit", "--maxWorkers=2"),
  { name: "build", title: "Build", commands: () => [["local/launch/build-only.mjs"]] },
  { ...vitest("scenario", "--maxWorkers=2"), tools: ["radicale", "sabre/dav"] },
  {
    name: "browser",
    title: "Browser tests",
    tools: ["radicale", "chromium"],
    environment: ({ reportFile }) => ({ PLAYWRIGHT_JSON_OUTPUT_NAME: reportFile }),
    commands: () => [["node_modules/@playwright/test/cli.js", "test", "--reporter=list,json"]],
    counts: playwrightCounts,
  },
  {
    name: "screenshots",
    title: "Screenshots",
    onDemand: true,
    tools: ["radicale", "chromium"],
    commands: () => [["node_modules/@playwright/test/cli.js", "test", "--config=tests/screenshots/playwright.config.ts"]],
  },
];

/**
 * The steps that the command line asks for.
 * @param {readonly string[]} args
 */
export function chooseSteps(args) {
  const known = allSteps.map(({ name }) => name);
  if (args.length === 0) return allSteps.filter(({ onDemand }) => !onDemand);
  const [flag, list = "", ...rest] = args[0].startsWith("--only=") ? ["--only", args[0].slice(7), ...args.slice(1)] : args;
  const names = list.split(",");
  const unknown = names.filter((name) => !known.includes(name));
  if (flag !== "--only" || rest.length > 0 || unknown.length > 0) {
    throw Object.assign(new Error(`npm test -- --only <steps>, of ${known.join(", ")}, separated by commas`), { expected: true });
  }
  return allSteps.filter(({ name }) => names.includes(name));
}
