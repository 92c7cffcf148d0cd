import { canonicalJson } from "../../content-hash";
import type { UnifiedEvent } from "../../model";
import { nearestColorName } from "../colors";
import { attachmentOf, conferenceEntryOf } from "../details";
import { writeAlarms } from "./alarms";
import { contentLine, editedLine, escapeText, type Params, propertyOfLine } from "./content-line";
import { type DateValue, dateLists, dateValue, type TzidOf } from "./date-values";
import type { Block, Line } from "./document";
import { linesOf, replaceLines } from "./edit-properties";
import { attendeeLines, organizerLines } from "./people";

/** What a VEVENT is written with. */
export interface Pen {
  lineEnd: string;
  tzidOf: TzidOf;
}

/**
 * Makes a VEVENT that says `before` say `after`, property by property: what did not change is not touched.
 * Returns whether anything was.
 */
export function editEvent(vevent: Block, before: UnifiedEvent, after: UnifiedEvent, pen: Pen): boolean {
  let edited = false;
  for (const { fields, write } of EDITS) {
    if (fields.every((field) => canonicalJson(before[field]) === canonicalJson(after[field]))) continue;
    write(vevent, after, pen, before);
    edited = true;
  }
  return edited;
}

interface Edit {
  fields: readonly (keyof UnifiedEvent)[];
  write(vevent: Block, after: UnifiedEvent, pen: Pen, before: UnifiedEvent): void;
}

const EDITS: readonly Edit[] = [
  { fields: ["recurrenceId", "recurrenceRange"], write: writeRecurrenceId },
  { fields: ["start", "end"], write: writeTimes },
  { fields: ["title"], write: (vevent, { title }, pen) => putText(vevent, "SUMMARY", title || null, pen) },
  { fields: ["description"], write: (vevent, { description }, pen) => putText(vevent, "DESCRIPTION", description, pen) },
  { fields: ["location"], write: (vevent, { location }, pen) => putText(vevent, "LOCATION", location, pen) },
  { fields: ["url"], write: (vevent, { url }, pen) => put(vevent, "URL", url, pen) },
  { fields: ["status"], write: (vevent, { status }, pen) => put(vevent, "STATUS", status.toUpperCase(), pen) },
  { fields: ["transparency"], write: (vevent, { transparency }, pen) => put(vevent, "TRANSP", transparency.toUpperCase(), pen) },
  { fields: ["visibility"], write: (vevent, { visibility }, pen) => put(vevent, "CLASS", visibility === "default" ? null : visibility.toUpperCase(), pen) },
  { fields: ["purpose"], write: (vevent, { purpose }, pen) => put(vevent, "X-MICROSOFT-CDO-BUSYSTATUS", busyStatus(purpose), pen) },
  { fields: ["color"], write: (vevent, { color }, pen) => put(vevent, "COLOR", color === null ? null : nearestColorName(color), pen) },
  { fields: ["categories"], write: (vevent, { categories }, pen) => replaceLines(vevent, "CATEGORIES", categories.length === 0 ? [] : [`CATEGORIES:${categories.map(escapeText).join(",")}`], pen.lineEnd) },
  { fields: ["recurrence"], write: writeRecurrence },
  { fields: ["organizer"], write: (vevent, { organizer }, pen) => replaceLines(vevent, "ORGANIZER", organizerLines(organizer, linesOf(vevent, "ORGANIZER")), pen.lineEnd) },
  { fields: ["attendees"], write: (vevent, { attendees }, pen) => replaceLines(vevent, "ATTENDEE", attendeeLines(attendees, linesOf(vevent, "ATTENDEE")), pen.lineEnd) },
  { fields: ["reminders"], write: (vevent, after, pen) => writeAlarms(vevent, after, pen.lineEnd) },
  { fields: ["conference"], write: writeConference },
  { fields: ["attachments"], write: writeAttachments },
  { fields: ["sequence"], write: (vevent, { sequence }, pen) => put(vevent, "SEQUENCE", String(sequence), pen) },
];

function writeRecurrenceId(vevent: Block, { recurrenceId, recurrenceRange }: UnifiedEvent, pen: Pen): void {
  const params: Params = { RANGE: recurrenceRange === "thisAndFuture" ? "THISANDFUTURE" : null };
  put(vevent, "RECURRENCE-ID", recurrenceId === null ? null : dateValue(recurrenceId, pen.tzidOf), pen, params);
}

/** A DURATION counts from the start, so both ends are written when one moves. A moment has no end (RFC 5545 §3.6.1). */
function writeTimes(vevent: Block, { start, end }: UnifiedEvent, pen: Pen): void {
  put(vevent, "DTSTART", dateValue(start, pen.tzidOf), pen);
  replaceLines(vevent, "DURATION", [], pen.lineEnd);
  put(vevent, "DTEND", canonicalJson(start) === canonicalJson(end) ? null : dateValue(end, pen.tzidOf), pen);
}

function writeRecurrence(vevent: Block, { recurrence }: UnifiedEvent, pen: Pen, before: UnifiedEvent): void {
  const parts = [
    ["RRULE", "rrules", (recurrence?.rrules ?? []).map((rule) => contentLine("RRULE", {}, rule))],
    ["RDATE", "rdates", listLines("RDATE", dateLists(recurrence?.rdates ?? [], pen.tzidOf))],
    ["EXDATE", "exdates", listLines("EXDATE", dateLists((recurrence?.exdates ?? []).map((start) => ({ start, end: null })), pen.tzidOf))],
  ] as const;
  for (const [name, field, lines] of parts) {
    if (recurrence !== null && canonicalJson(before.recurrence?.[field] ?? []) === canonicalJson(recurrence[field])) continue;
    replaceLines(vevent, name, lines, pen.lineEnd);
  }
  if (recurrence === null) replaceLines(vevent, "EXRULE", [], pen.lineEnd);
}

function listLines(name: string, lists: ReturnType<typeof dateLists>): string[] {
  return lists.map(({ params, value }) => contentLine(name, paramsOf(params), value));
}

function writeConference(vevent: Block, { conference }: UnifiedEvent, pen: Pen): void {
  const old = linesOf(vevent, "CONFERENCE");
  const lines = (conference?.entries ?? []).map((entry) => {
    const same = old.find(({ content }) => {
      const property = propertyOfLine(content);
      return property !== null && canonicalJson(conferenceEntryOf(property)) === canonicalJson({ ...entry, code: null });
    });
    const feature = { video: "VIDEO", phone: "PHONE", sip: "AUDIO", more: null }[entry.kind];
    return same?.content ?? contentLine("CONFERENCE", { VALUE: "URI", FEATURE: feature, LABEL: entry.label }, entry.uri);
  });
  replaceLines(vevent, "CONFERENCE", lines, pen.lineEnd);
  replaceLines(vevent, "X-GOOGLE-CONFERENCE", [], pen.lineEnd);
}

function writeAttachments(vevent: Block, { attachments }: UnifiedEvent, pen: Pen): void {
  const old = linesOf(vevent, "ATTACH").flatMap(({ content }) => {
    const property = propertyOfLine(content);
    return property === null ? [] : [{ content, says: canonicalJson(attachmentOf(property)) }];
  });
  const lines = attachments.flatMap((attachment) => {
    const index = old.findIndex(({ says }) => says === canonicalJson(attachment));
    const [own] = index < 0 ? [] : old.splice(index, 1);
    if (own !== undefined) return [own.content];
    const { title, url, mimeType } = attachment;
    return url === null ? [] : [contentLine("ATTACH", { FMTTYPE: mimeType, FILENAME: title }, url)];
  });
  replaceLines(vevent, "ATTACH", lines, pen.lineEnd);
}

function busyStatus(purpose: UnifiedEvent["purpose"]): string | null {
  return purpose === "outOfOffice" ? "OOF" : purpose === "workingElsewhere" ? "WORKINGELSEWHERE" : null;
}

/** Another language's or another form's text would no longer be this one. */
const TEXT_PARAMS: Params = { ALTREP: null };

function putText(vevent: Block, name: string, text: string | null, pen: Pen): void {
  replaceLines(vevent, name, text === null ? [] : [edited(linesOf(vevent, name)[0], name, TEXT_PARAMS, escapeText(text))], pen.lineEnd);
}

function put(vevent: Block, name: string, value: string | DateValue | null, pen: Pen, params: Params = {}): void {
  if (value === null) replaceLines(vevent, name, [], pen.lineEnd);
  else {
    const [old] = linesOf(vevent, name);
    const content = typeof value === "string" ? edited(old, name, params, value) : edited(old, name, { VALUE: null, TZID: null, ...params, ...paramsOf(value.params) }, value.value);
    replaceLines(vevent, name, [content], pen.lineEnd);
  }
}

function edited(old: Line | undefined, name: string, params: Params, value: string): string {
  return old === undefined ? contentLine(name, params, value) : editedLine(old.content, params, value);
}

function paramsOf(params: DateValue["params"]): Params {
  return Object.fromEntries(params.map(({ name, value }) => [name, value]));
}
