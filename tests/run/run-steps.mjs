import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { guarded, readAttempts } from "../guard/environment.mjs";
import { settle, summaryLine } from "./counts.mjs";
import { provideTools } from "./tools.mjs";

const leash = new URL("../../local/launch/leash.mjs", import.meta.url).href;

/**
 * Runs steps one after the other, each behind the network guard and each whatever became of those before it.
 * The last line printed is the summary.
 * @param {string} root
 * @param {readonly import("./step.mjs").Step[]} steps
 * @returns {Promise<boolean>} whether everything passed
 */
export async function runSteps(root, steps) {
  const missing = await provideTools([...new Set(steps.flatMap(({ tools }) => tools ?? []))]);
  const scratch = mkdtempSync(path.join(tmpdir(), "lineartime-test-"));
  const recordFile = path.join(scratch, "network-guard");
  try {
    const results = [];
    for (const step of steps) {
      console.log(`\n━━ ${step.title} ${"━".repeat(Math.max(0, 72 - step.title.length))}\n`);
      const began = performance.now();
      const lacking = (step.tools ?? []).filter((tool) => missing.includes(tool));
      const counts =
        lacking.length > 0
          ? { passed: 0, failed: 1, skipped: 0 }
          : await runStep(root, step, path.join(scratch, `${step.name}.json`), recordFile);
      if (lacking.length > 0) console.log(`Not run: ${lacking.join(" and ")} is missing (see above).`);
      results.push({ title: step.title, seconds: (performance.now() - began) / 1000, counts });
    }
    results.push({ title: "Network guard", seconds: 0, counts: judgeNetwork(recordFile) });
    return report(results);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function runStep(root, step, reportFile, recordFile) {
  for (const stale of step.stale ?? []) rmSync(path.join(root, stale), { recursive: true, force: true });
  const context = { reportFile };
  const environment = { ...guarded(recordFile), NEXT_TELEMETRY_DISABLED: "1", ...step.environment?.(context) };
  for (const args of step.commands(context)) {
    const exitCode = await runNode(root, args, environment);
    if (step.counts !== undefined) return settle(readCounts(step, reportFile), exitCode);
    if (exitCode !== 0) return { passed: 0, failed: 1, skipped: 0 };
  }
  return { passed: 1, failed: 0, skipped: 0 };
}

function readCounts(step, reportFile) {
  if (!existsSync(reportFile)) return undefined;
  try {
    return step.counts(JSON.parse(readFileSync(reportFile, "utf8")));
  } catch {
    return undefined;
  }
}

/** Runs Node with our own input and output; a signal that ends us ends it. */
async function runNode(root, args, environment) {
  const child = spawn(process.execPath, ["--import", leash, ...args], {
    cwd: root,
    env: { ...environment, LINEARTIME_LEASH: String(process.pid) },
    stdio: ["ignore", "inherit", "inherit"],
  });
  return new Promise((resolve) => {
    child.once("error", () => resolve(1));
    child.once("exit", (code) => resolve(code ?? 1));
  });
}

/** Whether anything tried to leave this machine. */
function judgeNetwork(recordFile) {
  const attempts = readAttempts(recordFile);
  for (const { kind, target, process: command, from } of attempts) {
    console.log(`\nRefused by the network guard: ${kind} ${target}\n  in ${command}\n  ${from.join("\n  ")}`);
  }
  return attempts.length === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

function report(results) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  console.log(`\n${"━".repeat(76)}\n`);
  for (const { title, seconds, counts } of results) {
    for (const kind of Object.keys(total)) total[kind] += counts[kind];
    console.log(`  ${counts.failed === 0 ? "✓" : "✗"} ${title.padEnd(16)} ${seconds.toFixed(0).padStart(4)} s   ${summaryLine(counts)}`);
  }
  console.log(`\n${summaryLine(total)}`);
  return total.failed === 0 && total.passed > 0;
}
