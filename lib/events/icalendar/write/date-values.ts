import type { EventTime, RecurrenceDate } from "../../model";
import { instantOf, localOf } from "../../time";

/** The TZID under which a file writes times of a zone; null where it has none, and the instant is written in UTC. */
export type TzidOf = (time: Extract<EventTime, { kind: "zoned" }>) => string | null;

/** A time as the parameters and the value of a property (RFC 5545 §3.3.4, §3.3.5). */
export interface DateValue {
  /** `VALUE`, `TZID`, or neither. */
  params: { name: "VALUE" | "TZID"; value: string }[];
  value: string;
}

export function dateValue(time: EventTime, tzidOf: TzidOf): DateValue {
  switch (time.kind) {
    case "date":
      return { params: [{ name: "VALUE", value: "DATE" }], value: basic(time.date) };
    case "floating":
      return { params: [], value: basic(time.local) };
    case "zoned": {
      const tzid = time.timeZone === "UTC" ? null : tzidOf(time);
      if (tzid !== null) return { params: [{ name: "TZID", value: tzid }], value: basic(time.local) };
      return { params: [], value: `${basic(localOf(instantOf(time, "UTC")))}Z` };
    }
  }
}

/** EXDATE or RDATE lines: values that have the same parameters share a property, in the order of the first of each. */
export function dateLists(dates: readonly RecurrenceDate[], tzidOf: TzidOf): { params: DateValue["params"]; value: string }[] {
  const lists = new Map<string, { params: DateValue["params"]; values: string[] }>();
  for (const date of dates) {
    const { params, value } = periodValue(date, tzidOf);
    const key = JSON.stringify(params);
    const list = lists.get(key) ?? { params, values: [] };
    list.values.push(value);
    lists.set(key, list);
  }
  return [...lists.values()].map(({ params, values }) => ({ params, value: values.join(",") }));
}

function periodValue({ start, end }: RecurrenceDate, tzidOf: TzidOf): DateValue {
  const from = dateValue(start, tzidOf);
  if (end === null) return from;
  // Both ends of a period share one TZID; where that cannot be, both are written in UTC.
  const to = dateValue(end, tzidOf);
  const alike = JSON.stringify(from.params) === JSON.stringify(to.params);
  const [a, b] = alike ? [from, to] : [dateValue(start, () => null), dateValue(end, () => null)];
  return { params: [{ name: "VALUE", value: "PERIOD" }, ...a.params.filter(({ name }) => name === "TZID")], value: `${a.value}/${b.value}` };
}

function basic(text: string): string {
  return text.replace(/[-:]/g, "");
}
