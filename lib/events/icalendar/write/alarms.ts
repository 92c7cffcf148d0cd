import { canonicalJson } from "../../content-hash";
import type { Reminder, UnifiedEvent } from "../../model";
import { reminderOf } from "../alarms";
import { parseComponents } from "../components";
import { contentLine, escapeText } from "./content-line";
import { type Block, newBlock, type Node, textOf } from "./document";
import { replaceNodes } from "./edit-properties";

const ACTIONS = { popup: "DISPLAY", email: "EMAIL", sound: "AUDIO" } as const;

/** Makes the alarms that remind somebody those of `event`. One that stays keeps all it says; other alarms are not touched. */
export function writeAlarms(vevent: Block, event: UnifiedEvent, lineEnd: string): void {
  const standing = vevent.nodes.flatMap((node) => {
    const reminder = reminderIn(node);
    return reminder === null ? [] : [{ node, says: canonicalJson(reminder) }];
  });
  const wanted = (event.reminders?.list ?? []).map((reminder) => {
    const same = standing.findIndex(({ says }) => says === canonicalJson(reminder));
    return same < 0 ? newBlock(alarmLines(reminder, event), lineEnd) : (standing.splice(same, 1)[0]?.node ?? newBlock(alarmLines(reminder, event), lineEnd));
  });
  replaceNodes(vevent, (node) => reminderIn(node) !== null, wanted, vevent.nodes.length);
}

function reminderIn(node: Node): Reminder | null {
  if (node.kind === "line" || node.name !== "VALARM") return null;
  const [component] = parseComponents(textOf({ nodes: [node], lineEnd: "" })).components;
  return component === undefined ? null : reminderOf(component);
}

/** RFC 5545 §3.6.6: a pop-up has a text, an e-mail also a subject and an address. */
function alarmLines(reminder: Reminder, event: UnifiedEvent): string[] {
  const title = escapeText(event.title || "Reminder");
  const email = event.organizer?.email;
  return [
    "BEGIN:VALARM",
    `ACTION:${ACTIONS[reminder.method]}`,
    triggerLine(reminder),
    ...(reminder.method === "sound" ? [] : [`DESCRIPTION:${title}`]),
    ...(reminder.method === "email" ? [`SUMMARY:${title}`, ...(email ? [contentLine("ATTENDEE", {}, `mailto:${email}`)] : [])] : []),
    "END:VALARM",
  ];
}

function triggerLine(reminder: Reminder): string {
  if (reminder.kind === "at") return `TRIGGER;VALUE=DATE-TIME:${reminder.at.replace(/[-:]/g, "")}`;
  return contentLine("TRIGGER", { RELATED: reminder.relatedTo === "end" ? "END" : null }, durationText(-reminder.minutes));
}

/** RFC 5545 §3.3.6. */
function durationText(minutes: number): string {
  const total = Math.round(Math.abs(minutes) * 60);
  const [days, hours, rest, seconds] = [Math.floor(total / 86_400), Math.floor(total / 3_600) % 24, Math.floor(total / 60) % 60, total % 60];
  const time = [hours > 0 ? `${hours}H` : "", rest > 0 ? `${rest}M` : "", seconds > 0 ? `${seconds}S` : ""].join("");
  const text = `${days > 0 ? `${days}D` : ""}${time === "" ? "" : `T${time}`}`;
  return `${minutes < 0 ? "-" : ""}P${text === "" ? "T0S" : text}`;
}
