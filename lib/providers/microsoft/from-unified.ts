import type { UnifiedEvent } from "../../events/model";
import type { JsonObject } from "../transform/json";
import { writerOf } from "../transform/writer";
import { attendeeJson, isWritableConference, reminderJson } from "./details";
import { graphKeepPlan } from "./event-json";
import { graphLimits } from "./limits";
import { recurrenceJson } from "./rule-to-recurrence";
import { timeJson } from "./times";
import type { GraphContext } from "./to-unified";
import { sensitivityWords, showAsOf } from "./words";

/** The event as Microsoft Graph takes it: whole for a new one, its changed fields for one that is there. */
export const { fromUnified, patchFromUnified } = writerOf<GraphContext>({ plan: graphKeepPlan, limits: graphLimits, label: "Outlook", written: writtenEvent });

/** The event in our words alone. */
export function writtenEvent(event: UnifiedEvent, context: GraphContext): JsonObject {
  const recurrence = event.recurrence === null ? null : recurrenceJson(event.recurrence, event.start);
  const online = isWritableConference(event);
  return {
    subject: event.title,
    body: { contentType: "text", content: event.description ?? "" },
    start: timeJson(event.start, context.mailboxTimeZone),
    end: timeJson(event.end, context.mailboxTimeZone),
    isAllDay: event.start.kind === "date",
    location: { displayName: event.location ?? "" },
    recurrence,
    attendees: event.attendees.filter(({ email }) => email !== null).map(attendeeJson),
    categories: event.categories,
    sensitivity: sensitivityWords.theirs(event.visibility),
    showAs: showAsOf(event).showAs,
    ...reminderJson(event),
    isOnlineMeeting: online,
    ...(online && event.conference?.service ? { onlineMeetingProvider: event.conference.service } : {}),
  };
}
