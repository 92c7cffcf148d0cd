import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { expand, type Occurrence } from "../../../lib/events/expand";
import { readCalendar } from "../../../lib/events/icalendar/read-calendar";
import { faceOf } from "../../../lib/events/time";
import { basicToMs } from "../basic-time";
import type { SetReport } from "../set-report";

/**
 * A moment or a stretch of time: a basic iCalendar date or UTC time, a year, or `[year, month?, day?, hour?, …]`. What
 * has no zone is wall time in the zone of whatever event it is held against.
 */
const moment = z.union([z.string().regex(/^\d{8}(T\d{6}Z?)?$/), z.number().int(), z.array(z.number().int()).min(1).max(6)]);

const windowCase = z.object({
  test: z.string(),
  ics: z.string(),
  /** `at`: everything within the one stretch; `between`: from the first moment until before the second. */
  op: z.enum(["at", "between"]),
  args: z.array(moment).min(1).max(2),
  expectedCount: z.number().int(),
});

type Moment = z.infer<typeof moment>;

/** How many occurrences of a whole calendar lie in a window. `folder` has `cases.json` and the calendars it names. */
export async function eventWindowsSet(folder: string): Promise<SetReport> {
  const cases = z.array(windowCase).parse(JSON.parse(await readFile(path.join(folder, "cases.json"), "utf8")));
  const report: SetReport = { name: "event windows", cases: cases.length, passed: 0, failed: [], crashes: 0, milliseconds: 0 };
  const calendars = new Map<string, string>();
  for (const { ics } of cases) calendars.set(ics, await readFile(path.join(folder, ics), "utf8"));
  const began = performance.now();
  for (const each of cases) {
    const name = `${each.ics} ${each.op} ${JSON.stringify(each.args)} (${each.test})`;
    try {
      const found = countIn(calendars.get(each.ics) ?? "", spanOf(each.op, each.args));
      if (found === each.expectedCount) report.passed += 1;
      else report.failed.push({ case: name, reason: `${found} occurrences, not ${each.expectedCount}` });
    } catch (error) {
      report.crashes += 1;
      report.failed.push({ case: name, reason: `crashed: ${String(error)}` });
    }
  }
  report.milliseconds = performance.now() - began;
  return report;
}

interface Span {
  fromMs: number;
  toMs: number;
  isWallTime: boolean;
}

const DAY_MS = 86_400_000;

function countIn(text: string, span: Span): number {
  const reading = readCalendar(text);
  if (reading.kind !== "events") return 0;
  const padded = { startAt: span.fromMs - DAY_MS, endAt: span.toMs + DAY_MS };
  return reading.groups
    .flatMap(({ events }) => {
      const master = events.find(({ recurrenceId }) => recurrenceId === null) ?? null;
      const exceptions = events.filter(({ recurrenceId }) => recurrenceId !== null);
      return expand({ master, exceptions }, padded, { floatingTimeZone: "UTC", limit: 100_000 }).occurrences;
    })
    .filter((occurrence) => isIn(occurrence, span)).length;
}

function isIn({ start, end, startAt, endAt }: Occurrence, { fromMs, toMs, isWallTime }: Span): boolean {
  const from = isWallTime ? faceOf(start) : startAt;
  const to = isWallTime ? Math.max(from, faceOf(end)) : endAt;
  return from < toMs && (to > fromMs || (from === to && from >= fromMs));
}

function spanOf(op: "at" | "between", [first, second]: Moment[]): Span {
  const from = first === undefined ? { ms: 0, endMs: 0 } : stretchOf(first);
  const isWallTime = !(typeof first === "string" && first.endsWith("Z"));
  return { fromMs: from.ms, toMs: op === "at" || second === undefined ? from.endMs : stretchOf(second).ms, isWallTime };
}

/** A moment and where the unit it is given in ends. */
function stretchOf(moment: Moment): { ms: number; endMs: number } {
  if (typeof moment === "string") return { ms: basicToMs(moment), endMs: basicToMs(moment) + (moment.length === 8 ? DAY_MS : 1_000) };
  const [year = 0, month, ...rest] = typeof moment === "number" ? [moment] : moment;
  const at = (parts: readonly number[]) => {
    const [y = 0, m = 1, day = 1, hour = 0, minute = 0, second = 0] = parts;
    return Date.UTC(y, m - 1, day, hour, minute, second);
  };
  const parts = month === undefined ? [year] : [year, month, ...rest];
  const next = [...parts.slice(0, -1), (parts.at(-1) ?? 0) + 1];
  return { ms: at(parts), endMs: at(next) };
}
