import { minutesBeforeStart } from "../../events/reminder-time";
import type { UnifiedEvent } from "../../events/model";
import { guestLimits, type Limit } from "../transform/limits";
import { isWritableConference } from "./details";
import { recurrenceJson } from "./rule-to-recurrence";
import { showAsOf } from "./words";

const MAX_ATTENDEES = 500;

/** What the event resource of Microsoft Graph (v1.0) cannot say. */
export const graphLimits: readonly Limit[] = [
  {
    code: "floating_time",
    loses: "times",
    message: "has no times without a time zone: the event is fixed to the mailbox's zone.",
    appliesTo: ({ start }) => start.kind === "floating",
  },
  {
    code: "recurrence",
    loses: "times",
    message: "has no pattern for the way in which this event repeats.",
    appliesTo: ({ recurrence, start }) => recurrence !== null && recurrenceJson(recurrence, start) === null,
  },
  {
    code: "left_out_dates",
    loses: "detail",
    message: "leaves out single dates of a series only by deleting them one by one.",
    appliesTo: ({ recurrence }) => (recurrence?.exdates.length ?? 0) > 0,
  },
  {
    code: "reminders",
    loses: "detail",
    message: "has one reminder, a pop-up in whole minutes before the start, and no calendar default.",
    appliesTo: (event) => !remindersFit(event),
  },
  {
    code: "show_as",
    loses: "detail",
    message: "shows an event as free, tentative, busy, out of office or working elsewhere, and as one of them only.",
    appliesTo: (event) => !showAsOf(event).exact,
  },
  {
    code: "cancelled",
    loses: "detail",
    message: "cancels an event by an action of its own, not by writing it.",
    appliesTo: ({ status }) => status === "cancelled",
  },
  {
    code: "visibility",
    loses: "detail",
    message: "has no events that are public in a private calendar.",
    appliesTo: ({ visibility }) => visibility === "public",
  },
  {
    code: "color",
    loses: "detail",
    message: "colours events by their categories only.",
    appliesTo: ({ color }) => color !== null,
  },
  {
    code: "url",
    loses: "detail",
    message: "has no web address beside the description.",
    appliesTo: ({ url }) => url !== null,
  },
  {
    code: "attendee_details",
    loses: "detail",
    message: "knows required and optional people and resources, without comments, delegates or guests they bring.",
    appliesTo: ({ attendees }) =>
      attendees.some(({ role, kind, response, comment, additionalGuests }) =>
        role === "chair" || role === "none" || kind === "group" || kind === "room" || kind === "unknown" ||
        response === "delegated" || comment !== null || additionalGuests > 0),
  },
  ...guestLimits(MAX_ATTENDEES),
  {
    code: "conference",
    loses: "detail",
    message: "has online meetings of Teams and Skype only, and gives them their addresses itself.",
    appliesTo: (event) => event.conference !== null && !isWritableConference(event),
  },
  {
    code: "attachments",
    loses: "detail",
    message: "takes attachments one by one, not with the event.",
    appliesTo: ({ attachments }) => attachments.length > 0,
  },
];

function remindersFit(event: UnifiedEvent): boolean {
  if (event.reminders === null) return true;
  const { useDefault, list } = event.reminders;
  if (useDefault || list.length > 1) return false;
  return list.every((reminder) => {
    const minutes = minutesBeforeStart(reminder, event);
    return reminder.kind === "before" && reminder.relatedTo === "start" && reminder.method === "popup" && minutes !== null && minutes >= 0 && Number.isInteger(minutes);
  });
}
