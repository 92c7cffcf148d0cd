import type { EventTime } from "../../events/model";
import type { FieldValues } from "../transform/fields";
import { parseDate, parseDateTime, timeInZone } from "../transform/zoned-time";
import type { detailSchemas } from "./event-json";
import { zoneOf } from "./zones";

/**
 * The start that an exception had in its series, from the first of these that is there: `originalStart` (an
 * instant), the date at the end of `occurrenceId`, the date inside the global object id that `iCalUId` holds
 * ([MS-OXOCAL] §2.2.1.27). A date alone names the occurrence of that day. Null where none tells.
 */
export function originalStartOf(
  values: Pick<FieldValues<typeof detailSchemas>, "originalStart" | "occurrenceId" | "iCalUId" | "originalStartTimeZone">,
  start: EventTime,
): EventTime | null {
  const instant = parseDateTime(values.originalStart ?? "")?.instant ?? null;
  if (instant !== null) {
    const own = start.kind === "zoned" ? start.timeZone : null;
    const time = timeInZone(instant, zoneOf(values.originalStartTimeZone) ?? own ?? "UTC");
    return start.kind === "date" && time.kind === "zoned" ? { kind: "date", date: time.local.slice(0, 10) } : time;
  }
  const date = occurrenceDate(values.occurrenceId ?? "") ?? globalObjectDate(values.iCalUId ?? "");
  return date === null ? null : { kind: "date", date };
}

/** `OID.<master's id>.<date>`. */
export function occurrenceDate(occurrenceId: string): string | null {
  return parseDate(/\.(\d{4}-\d{2}-\d{2})$/.exec(occurrenceId)?.[1] ?? "");
}

/** The id of the series, which is that of the exception without its date. */
export function seriesUid(iCalUId: string): string {
  return GLOBAL_OBJECT_ID.test(iCalUId) ? `${iCalUId.slice(0, 32)}00000000${iCalUId.slice(40)}` : iCalUId;
}

/** Hex: 16 bytes that name the format, year, month, day, and what makes it unique. */
const GLOBAL_OBJECT_ID = /^040000008200E00074C5B7101A82E008[0-9A-F]{8,}/i;

function globalObjectDate(iCalUId: string): string | null {
  if (!GLOBAL_OBJECT_ID.test(iCalUId)) return null;
  const number = (from: number, length: number) => parseInt(iCalUId.slice(from, from + length), 16);
  const two = (value: number) => String(value).padStart(2, "0");
  return parseDate(`${String(number(32, 4)).padStart(4, "0")}-${two(number(36, 2))}-${two(number(38, 2))}`);
}
