import type { Attendee, EventSet, Person, UnifiedEvent } from "../model";
import { recurrenceText } from "../recurrence-text";
import { eventKey } from "./merge-events";
import { same } from "./three-way";
import { dateWords, quoted, reminderWords, spanWords } from "./words";

/** One thing that changed, and how a person says it. */
export interface Change {
  /** The field, or the first of those that changed together. */
  field: keyof UnifiedEvent;
  words: string;
}

export interface EventChange {
  /** Of an exception, its original start as a key; empty for the master or the single event. */
  key: string;
  kind: "added" | "removed" | "changed";
  title: string;
  changes: Change[];
}

/** What is different in `after`, a sentence for each thing, in the order in which people look at an event. */
export function changesBetween(before: UnifiedEvent, after: UnifiedEvent): Change[] {
  const changes: Change[] = [];
  for (const { fields, say } of SAYINGS) {
    const [first] = fields;
    if (first === undefined || fields.every((field) => same(before[field], after[field]))) continue;
    changes.push(...say(before, after).map((words) => ({ field: first, words })));
  }
  return changes;
}

/** The same for a series with its exceptions. Events that did not change are not in it. */
export function changesBetweenSets(before: EventSet, after: EventSet): EventChange[] {
  const [old, made] = [eventsOf(before), eventsOf(after)];
  return [...new Set([...old.keys(), ...made.keys()])].sort().flatMap((key): EventChange[] => {
    const [was, is] = [old.get(key), made.get(key)];
    if (was === undefined && is !== undefined) return [{ key, kind: "added", title: is.title, changes: [] }];
    if (was !== undefined && is === undefined) return [{ key, kind: "removed", title: was.title, changes: [] }];
    if (was === undefined || is === undefined) return [];
    const changes = changesBetween(was, is);
    return changes.length === 0 ? [] : [{ key, kind: "changed", title: is.title, changes }];
  });
}

interface Saying {
  fields: readonly (keyof UnifiedEvent)[];
  say(before: UnifiedEvent, after: UnifiedEvent): string[];
}

const SAYINGS: readonly Saying[] = [
  { fields: ["title"], say: ({ title: was }, { title: is }) => [renamed("Title", was || null, is || null)] },
  { fields: ["start", "end"], say: (was, is) => [`Moved from ${spanWords(was)} to ${spanWords(is)}`] },
  { fields: ["recurrence"], say: sayRecurrence },
  { fields: ["status"], say: (_, { status }) => [{ confirmed: "Confirmed", tentative: "Made tentative", cancelled: "Cancelled" }[status]] },
  { fields: ["location"], say: ({ location: was }, { location: is }) => [renamed("Place", was, is)] },
  { fields: ["attendees"], say: sayAttendees },
  { fields: ["ownResponse"], say: (_, { ownResponse }) => [ownResponse === null ? "Your answer was taken back" : `You ${ANSWERS[ownResponse]}`] },
  { fields: ["organizer"], say: ({ organizer: was }, { organizer: is }) => [renamed("Organizer", was && nameOf(was), is && nameOf(is))] },
  { fields: ["description"], say: ({ description: was }, { description: is }) => [was === null ? "Description added" : is === null ? "Description removed" : "Description changed"] },
  { fields: ["conference"], say: ({ conference: was }, { conference: is }) => [was === null ? "Online meeting added" : is === null ? "Online meeting removed" : "Online meeting changed"] },
  { fields: ["url"], say: ({ url: was }, { url: is }) => [renamed("Web address", was, is)] },
  { fields: ["attachments"], say: (was, is) => sayList("Attachment", was.attachments.map(({ title, url }) => title ?? url ?? "file"), is.attachments.map(({ title, url }) => title ?? url ?? "file"), "Attachments changed") },
  { fields: ["reminders"], say: sayReminders },
  { fields: ["transparency"], say: (_, { transparency }) => [transparency === "opaque" ? "Shown as busy" : "Shown as free"] },
  { fields: ["purpose"], say: (_, { purpose }) => [{ default: "An ordinary event again", outOfOffice: "Set as out of office", focusTime: "Set as focus time", workingElsewhere: "Set as working elsewhere", birthday: "Set as a birthday" }[purpose]] },
  { fields: ["visibility"], say: (_, { visibility }) => [{ default: "Visible like the rest of the calendar", public: "Made public", private: "Made private", confidential: "Made confidential" }[visibility]] },
  { fields: ["categories"], say: (was, is) => sayList("Category", was.categories, is.categories, "Categories put in another order") },
  { fields: ["color"], say: (_, { color }) => [color === null ? "Back to the calendar's colour" : "Another colour"] },
  { fields: ["extended"], say: () => ["Other details at the provider changed"] },
];

const ANSWERS = { needsAction: "have not answered", accepted: "accepted", declined: "declined", tentative: "said maybe", delegated: "sent somebody else" } as const;

function sayRecurrence({ recurrence: was, start: oldStart }: UnifiedEvent, { recurrence: is, start }: UnifiedEvent): string[] {
  if (is === null) return ["Does not repeat any more"];
  if (was === null) return [`Repeats: ${recurrenceText(is, start)}`];
  const gone = is.exdates.filter((date) => !was.exdates.some((other) => same(other, date)));
  const back = was.exdates.filter((date) => !is.exdates.some((other) => same(other, date)));
  const sentences = [
    ...gone.map((date) => `Left out on ${dateWords(date.kind === "date" ? date.date : date.local.slice(0, 10))}`),
    ...back.map((date) => `Back on ${dateWords(date.kind === "date" ? date.date : date.local.slice(0, 10))}`),
  ];
  // Dates that moved with the whole series are not worth a sentence each.
  if (!same(oldStart, start) || sentences.length > 3) sentences.length = 0;
  if (!same(was.rrules, is.rrules) || !same(was.rdates, is.rdates) || sentences.length === 0) sentences.unshift(`Repeats: ${recurrenceText(is, start)}`);
  return sentences;
}

function sayAttendees({ attendees: was }: UnifiedEvent, { attendees: is }: UnifiedEvent): string[] {
  const find = (list: readonly Attendee[], wanted: Attendee) => list.find((each) => (wanted.email === null ? each.name === wanted.name : each.email?.toLowerCase() === wanted.email.toLowerCase()));
  const sentences = is.flatMap((attendee) => {
    const before = find(was, attendee);
    if (before === undefined) return [`${nameOf(attendee)} was invited`];
    if (same(before, attendee)) return [];
    const third = attendee.response === "needsAction" ? "has not answered" : ANSWERS[attendee.response];
    return [before.response === attendee.response ? `${nameOf(attendee)}'s invitation changed` : `${nameOf(attendee)} ${third}`];
  });
  const removed = was.filter((attendee) => find(is, attendee) === undefined).map((attendee) => `${nameOf(attendee)} is not invited any more`);
  return sentences.length + removed.length === 0 ? ["Guests put in another order"] : [...sentences, ...removed];
}

function sayReminders({ reminders: was }: UnifiedEvent, { reminders: is }: UnifiedEvent): string[] {
  if (is?.useDefault === true) return ["Reminders are the calendar's own"];
  const words = (is?.list ?? []).map(reminderWords);
  if (words.length === 0) return ["No reminders"];
  return was?.useDefault === true || words.length > 2 ? [`Reminders: ${words.join(", ")}`] : sayList("Reminder", (was?.list ?? []).map(reminderWords), words, `Reminders: ${words.join(", ")}`);
}

function sayList(noun: string, was: readonly string[], is: readonly string[], otherwise: string): string[] {
  const added = is.filter((item) => !was.includes(item)).map((item) => `${noun} added: ${quoted(item)}`);
  const removed = was.filter((item) => !is.includes(item)).map((item) => `${noun} removed: ${quoted(item)}`);
  return added.length + removed.length === 0 ? [otherwise] : [...added, ...removed];
}

function renamed(noun: string, was: string | null, is: string | null): string {
  if (was === null) return `${noun} added: ${quoted(is ?? "")}`;
  return is === null ? `${noun} removed: ${quoted(was)}` : `${noun} changed from ${quoted(was)} to ${quoted(is)}`;
}

function nameOf({ name, email }: Person): string {
  return name ?? email ?? "Somebody";
}

function eventsOf({ master, exceptions }: EventSet): Map<string, UnifiedEvent> {
  return new Map([...(master === null ? [] : [master]), ...exceptions].map((event) => [eventKey(event), event]));
}
