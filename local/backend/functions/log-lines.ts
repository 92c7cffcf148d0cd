import { inspect } from "node:util";
import { limits } from "../limits";

const LEVELS = { log: "LOG", debug: "DEBUG", info: "INFO", warn: "WARN", error: "ERROR", trace: "LOG", dir: "LOG", table: "LOG" } as const;

/** A `console` that turns each call into one line, `[LEVEL] args`, in the form the official clients parse. */
export function createConsole(emit: (line: string) => void): Record<string, (...args: unknown[]) => void> {
  const ignore = (): void => undefined;
  const say = (level: string, args: readonly unknown[]): void => emit(`[${level}] ${args.map((arg) => inspect(arg, { depth: 6, breakLength: Infinity })).join(" ")}`);
  const console: Record<string, (...args: unknown[]) => void> = {
    // Neither time nor a count may go from one call to the next.
    time: ignore,
    timeEnd: ignore,
    timeLog: ignore,
    group: ignore,
    groupEnd: ignore,
    assert: (holds, ...args) => {
      if (!holds) say("ERROR", ["Assertion failed", ...args]);
    },
    count: ignore,
    countReset: ignore,
  };
  for (const [method, level] of Object.entries(LEVELS)) console[method] = (...args) => say(level, args);
  return console;
}

/** Adds a line, unless there are too many already. */
export function addLogLine(lines: string[], line: string): void {
  if (lines.length < limits.logLines) lines.push(line.length > 32_768 ? `${line.slice(0, 32_768)} (truncated)` : line);
  else if (lines.length === limits.logLines) lines.push(`[ERROR] Log overflow (maximum ${limits.logLines}). Remaining log lines omitted.`);
}
