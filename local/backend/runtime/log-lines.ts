import { inspect } from "node:util";
import { limits } from "../limits";
import { withSourceFrames } from "./source-maps";

const LEVELS = { log: "LOG", debug: "DEBUG", info: "INFO", warn: "WARN", error: "ERROR", trace: "LOG", dir: "LOG", table: "LOG" } as const;

const LONGEST_LINE = 32_768;

/** A `console` that turns each call into one line, `[LEVEL] args`, in the form the official clients parse. */
export function createConsole(emit: (line: string) => void): Record<string, (...args: unknown[]) => void> {
  const ignore = (): void => undefined;
  const say = (level: string, args: readonly unknown[]): void => emit(`[${level}] ${args.map((arg) => withSourceFrames(inspect(arg, { depth: 6, breakLength: Infinity }))).join(" ")}`);
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

/** Adds a line, unless there are too many already, and returns what it added. */
export function addLogLine(lines: string[], line: string): string | null {
  if (lines.length > limits.logLines) return null;
  const overflow = `[ERROR] Log overflow (maximum ${limits.logLines}). Remaining log lines omitted.`;
  const added = lines.length === limits.logLines ? overflow : line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)} (truncated)` : line;
  lines.push(added);
  return added;
}
