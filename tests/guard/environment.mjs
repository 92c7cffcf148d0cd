import { existsSync, readFileSync } from "node:fs";

const preload = new URL("./preload.mjs", import.meta.url).href;

/**
 * Environment that puts a process, and every process that it starts, behind the guard.
 * @param {string} recordFile where attempts are recorded
 * @param {NodeJS.ProcessEnv} environment
 */
export function guarded(recordFile, environment = process.env) {
  const others = environment.NODE_OPTIONS ?? "";
  const options = others.includes(preload) ? others : `${others} --import=${preload}`.trim();
  return { ...environment, NODE_OPTIONS: options, LINEARTIME_GUARD_RECORD: recordFile };
}

/**
 * What the guard has refused since the file was begun.
 * @param {string} recordFile
 * @returns {import("./environment.mjs").Attempt[]}
 */
export function readAttempts(recordFile) {
  if (!existsSync(recordFile)) return [];
  return readFileSync(recordFile, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));
}
