import { hexOfColorName, nearestColorName } from "../../events/icalendar/colors";
import type { Limit } from "../transform/limits";

/** What iCalendar (RFC 5545, RFC 7986) cannot say, or not as clients read it. */
export const icalendarLimits: readonly Limit[] = [
  {
    code: "color",
    loses: "detail",
    message: "names colours by their CSS keywords: the nearest is taken.",
    appliesTo: ({ color }) => color !== null && hexOfColorName(nearestColorName(color)) !== color.toLowerCase(),
  },
  {
    code: "default_reminders",
    loses: "detail",
    message: "has no default reminders of a calendar: the event has none of its own.",
    appliesTo: ({ reminders }) => reminders?.useDefault ?? false,
  },
  {
    code: "purpose",
    loses: "detail",
    message: "shows this as an ordinary event: it knows no focus time and no birthdays.",
    appliesTo: ({ purpose }) => purpose === "focusTime" || purpose === "birthday",
  },
  {
    code: "conference",
    loses: "detail",
    message: "keeps the addresses of a meeting, not the service's own names, codes and notes.",
    appliesTo: ({ conference }) =>
      conference !== null && (conference.service !== null || conference.name !== null || conference.id !== null || conference.notes !== null || conference.entries.some(({ code }) => code !== null)),
  },
  {
    code: "attachments",
    loses: "detail",
    message: "takes files only as links, unless they are in the event already.",
    appliesTo: ({ attachments }) => attachments.some(({ url }) => url === null),
  },
];
