// npm run cases [-- --json OUT]: runs the tests that stand for the twenty cases which users of other products hit, and says which cases hold.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { provideTools } from "../run/tools.mjs";
import { judge, type Case, type Report } from "./judge";
import { filesWithCases } from "./files";

const root = path.resolve(import.meta.dirname, "../..");
const titles = JSON.parse(readFileSync(path.join(import.meta.dirname, "twenty.json"), "utf8")) as Case[];

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { json: { type: "string" } } });
  await provideTools(["radicale", "sabre/dav"]);
  const verdicts = judge(titles, runTests());
  for (const { case: number, title, ok, tests } of verdicts) {
    console.log(`${ok ? "holds" : tests === 0 ? "no test" : "FAILS"}`.padEnd(8), String(number).padStart(2), ` ${title}${tests > 1 ? ` (${tests} tests)` : ""}`);
  }
  console.log(`${verdicts.filter(({ ok }) => ok).length} of ${verdicts.length}`);
  const figures = verdicts.map(({ case: number, title, ok }) => ({ case: number, title, ok }));
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`);
  process.exitCode = verdicts.some(({ ok, tests }) => !ok && tests > 0) ? 1 : 0;
}

/** Vitest's report of every test whose name begins with a case's number. */
function runTests(): Report {
  const scratch = mkdtempSync(path.join(tmpdir(), "lineartime-cases-"));
  const reportFile = path.join(scratch, "report.json");
  const args = ["run", ...filesWithCases(root), "--testNamePattern", "\\bcase \\d+\\b", "--maxWorkers=2", "--reporter=default", "--reporter=json", `--outputFile.json=${reportFile}`];
  try {
    spawnSync(process.execPath, ["node_modules/vitest/vitest.mjs", ...args], { cwd: root, stdio: "inherit" });
    return JSON.parse(readFileSync(reportFile, "utf8")) as Report;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

main().catch((thrown: unknown) => {
  console.error(thrown instanceof Error ? thrown.message : thrown);
  process.exitCode = 1;
});
