import type { UnifiedEvent } from "../../../events/model";
import { guestLimits, type Limit } from "../../transform/limits";
import { exactColorId } from "./colors";
import { remindersFit } from "./reminders";

const MAX_ATTACHMENTS = 25;
const MAX_ATTENDEES = 200;
/** Kinds of conference that the API lets a client repeat (ConferenceSolutionKey.type). */
const SERVICES: ReadonlySet<string> = new Set(["eventHangout", "eventNamedHangout", "hangoutsMeet", "addOn"]);

export function isWritableConference({ conference }: Pick<UnifiedEvent, "conference">): boolean {
  return conference !== null && conference.service !== null && SERVICES.has(conference.service) && conference.entries.length > 0;
}

/** Out of office and focus time have hours; working locations and birthdays need what only Google knows. */
export function isWritablePurpose({ purpose, start }: Pick<UnifiedEvent, "purpose" | "start">): boolean {
  return purpose === "default" || ((purpose === "outOfOffice" || purpose === "focusTime") && start.kind !== "date");
}

/** `source.url` takes web addresses only. */
export function sourceUrl({ url }: Pick<UnifiedEvent, "url">): string | null {
  return url !== null && /^https?:\/\//i.test(url) ? url : null;
}

/** What the Events resource of the Google Calendar API (v3) cannot say. */
export const googleLimits: readonly Limit[] = [
  {
    code: "floating_time",
    loses: "times",
    message: "has no times without a time zone: the event is fixed to the calendar's zone.",
    appliesTo: ({ start }) => start.kind === "floating",
  },
  {
    code: "rscale",
    loses: "times",
    message: "repeats events by the Gregorian calendar only.",
    appliesTo: ({ recurrence }) => recurrence?.rrules.some((rule) => /(?:^|;)RSCALE=(?!GREGORIAN)/i.test(rule)) ?? false,
  },
  {
    code: "reminders",
    loses: "detail",
    message: "has at most five reminders, as pop-up or e-mail, in whole minutes up to four weeks before the start.",
    appliesTo: (event) => !remindersFit(event),
  },
  {
    code: "color",
    loses: "detail",
    message: "has eleven colours for events: the nearest is taken.",
    appliesTo: ({ color }) => color !== null && exactColorId(color) === null,
  },
  {
    code: "categories",
    loses: "detail",
    message: "has no categories.",
    appliesTo: ({ categories }) => categories.length > 0,
  },
  {
    code: "url",
    loses: "detail",
    message: "takes web addresses only.",
    appliesTo: (event) => event.url !== null && sourceUrl(event) === null,
  },
  {
    code: "attendee_details",
    loses: "detail",
    message: "knows required and optional guests, rooms and other resources alike, and no delegates.",
    appliesTo: ({ attendees }) =>
      attendees.some(({ role, kind, response }) =>
        role === "chair" || role === "none" || kind === "group" || kind === "room" || kind === "unknown" || response === "delegated"),
  },
  ...guestLimits(MAX_ATTENDEES),
  {
    code: "conference",
    loses: "detail",
    message: "keeps only conferences that it made itself.",
    appliesTo: (event) => event.conference !== null && !isWritableConference(event),
  },
  {
    code: "purpose",
    loses: "detail",
    message: "shows this as an ordinary event: it makes no birthdays or working locations, and no absence without hours.",
    appliesTo: (event) => !isWritablePurpose(event),
  },
  {
    code: "attachments",
    loses: "detail",
    message: `keeps at most ${MAX_ATTACHMENTS} attachments, and only links.`,
    appliesTo: ({ attachments }) => attachments.length > MAX_ATTACHMENTS || attachments.some(({ url }) => url === null),
  },
];
