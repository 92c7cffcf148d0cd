import { readFile } from "node:fs/promises";
import { z } from "zod";

/** Wall times are in iCalendar's basic form, `YYYYMMDD` or `YYYYMMDDTHHMMSS`; those that end in `Z` are UTC. */
const recurrenceCase = z.object({
  id: z.string(),
  tier: z.string(),
  tags: z.array(z.string()),
  dtstart: z.string(),
  dateOnly: z.boolean(),
  /** IANA zone; null for a floating series. */
  tz: z.string().nullable(),
  /** Rule values without a prefix. */
  rrule: z.array(z.string()),
  rdate: z.array(z.string()),
  exdate: z.array(z.string()),
  /**
   * Inclusive wall times between which `expected` lies. Where there is no end, `from` only says where a search may
   * begin, and `expected` is the whole series.
   */
  window: z
    .object({ from: z.string().nullable(), to: z.string().nullable() })
    .nullable()
    .transform((window) => (window?.to ? { from: window.from ?? "00010101T000000", to: window.to } : null)),
  /** What clocks in `tz` show at each start, in order. */
  expected: z.array(z.string()),
  /** False where `expected` is only the beginning. */
  complete: z.boolean(),
});

export type RecurrenceCase = z.infer<typeof recurrenceCase>;

/** Reads `{ cases: […] }`. Throws with the first thing that is wrong. */
export async function readRecurrenceCases(file: string): Promise<RecurrenceCase[]> {
  const parsed = z.object({ cases: z.array(recurrenceCase) }).safeParse(JSON.parse(await readFile(file, "utf8")));
  if (!parsed.success) throw new Error(`${file} is not a set of recurrence cases: ${z.prettifyError(parsed.error)}`);
  return parsed.data.cases;
}

/** How many starts have to be looked at to know whether the case passes. */
export function startsToAskFor({ expected, complete }: RecurrenceCase): number {
  return expected.length + (complete ? 1 : 0);
}

/** Null when these starts (wall times in basic form, in order) are right; otherwise what is wrong. */
export function judgeStarts({ expected, complete }: RecurrenceCase, starts: readonly string[]): string | null {
  const place = expected.findIndex((each, index) => starts[index] !== each);
  if (place >= 0) return `start ${place + 1} is ${starts[place] ?? "missing"}, not ${expected[place]}`;
  if (complete && starts.length > expected.length) return `start ${expected.length + 1} is ${starts[expected.length]}, where the series has ended`;
  return null;
}

const FINE = new Set(["byweekno", "byyearday", "subdaily", "rscale"]);

/** The rules that people's calendars have: the agreed cases less those with parts that hardly any producer writes. */
export function isEveryday({ tier, tags }: RecurrenceCase): boolean {
  return tier === "A" && !tags.some((tag) => FINE.has(tag));
}
