import { testRoundTrips } from "../../testing/round-trip";
import { fromUnified, patchFromUnified } from "./from-unified";
import { toUnified } from "./to-unified";

testRoundTrips({
  context: { calendarTimeZone: "Europe/Berlin" },
  fromUnified,
  patchFromUnified,
  toUnified,
  limited: {
    floating_time: ["start", "end", "recurrence"],
    reminders: ["reminders"],
    color: ["color"],
    categories: ["categories"],
    url: ["url"],
    attendee_details: ["attendees"],
    conference: ["conference"],
    purpose: ["purpose"],
    attachments: ["attachments"],
  },
  itsOwn: [],
  seen: (event) => event,
});
