import type { EventTime, Reminder, UnifiedEvent } from "../model";
import { localOf, wallMsOf } from "../time";

const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const LONGEST = 80;

/** `Mon 2 Mar 2026`. */
export function dateWords(date: string): string {
  const at = new Date(`${date}T00:00:00Z`);
  return `${DAYS[at.getUTCDay()]} ${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()}`;
}

/** `Mon 2 Mar 2026, 09:00 – 10:30 (Europe/Berlin)`; of whole days the last one, not the one after it. */
export function spanWords({ start, end }: Pick<UnifiedEvent, "start" | "end">): string {
  if (start.kind === "date" && end.kind === "date") {
    const last = localOf(wallMsOf(`${end.date}T00:00:00`) - 86_400_000).slice(0, 10);
    return last <= start.date ? dateWords(start.date) : `${dateWords(start.date)} – ${dateWords(last)}`;
  }
  const [from, to] = [clock(start), clock(end)];
  const until = from.date === to.date ? to.time : `${dateWords(to.date)}, ${to.time}`;
  const zone = from.zone === to.zone ? from.zone : `${from.zone} – ${to.zone}`;
  return `${dateWords(from.date)}, ${from.time}${from.date === to.date && from.time === to.time ? "" : ` – ${until}`}${zone === "" ? "" : ` (${zone})`}`;
}

/** `15 minutes before`, `1 day before the end`, `at the start`. */
export function reminderWords(reminder: Reminder): string {
  const by = { popup: "", email: " by e-mail", sound: " with a sound" }[reminder.method];
  if (reminder.kind === "at") return `on ${dateWords(reminder.at.slice(0, 10))}, ${reminder.at.slice(11, 16)} UTC${by}`;
  const { minutes, relatedTo } = reminder;
  if (minutes === 0) return `at the ${relatedTo}${by}`;
  const [size, unit] = Math.abs(minutes) % 1_440 === 0 ? [1_440, "day"] : Math.abs(minutes) % 60 === 0 ? [60, "hour"] : [1, "minute"];
  const count = Math.abs(minutes) / Number(size);
  const place = relatedTo === "end" ? " the end" : minutes < 0 ? " the start" : "";
  return `${count} ${unit}${count === 1 ? "" : "s"} ${minutes > 0 ? "before" : "after"}${place}${by}`;
}

/** In quotation marks and not too long. */
export function quoted(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return `“${line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line}”`;
}

function clock(time: EventTime): { date: string; time: string; zone: string } {
  if (time.kind === "date") return { date: time.date, time: "00:00", zone: "" };
  return { date: time.local.slice(0, 10), time: time.local.slice(11, 16), zone: time.kind === "zoned" ? time.timeZone : "" };
}
