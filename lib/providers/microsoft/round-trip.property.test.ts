import { testRoundTrips } from "../testing/round-trip";
import { fromUnified, patchFromUnified } from "./from-unified";
import { toUnified } from "./to-unified";

testRoundTrips({
  context: { mailboxTimeZone: "Europe/Berlin" },
  fromUnified,
  patchFromUnified,
  toUnified,
  limited: {
    floating_time: ["start", "end", "recurrence"],
    recurrence: ["recurrence"],
    left_out_dates: ["recurrence"],
    reminders: ["reminders"],
    show_as: ["status", "transparency", "purpose"],
    visibility: ["visibility"],
    color: ["color"],
    url: ["url"],
    attendee_details: ["attendees"],
    conference: ["conference"],
    attachments: ["attachments"],
  },
  itsOwn: ["iCalUID", "organizer", "sequence", "ownResponse"],
  // A client names the service; the server gives the meeting its name and addresses.
  seen: (event) => ({ ...event, conference: event.conference?.service }),
});
