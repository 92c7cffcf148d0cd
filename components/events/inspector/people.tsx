import { Check, CircleHelp, Clock3, CornerUpRight, X } from "lucide-react";
import { nearestColor } from "@/components/calendar/color/nearest-color";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import type { EventDetails } from "../event-details";

type Attendee = EventDetails["attendees"][number];

const RESPONSES: Record<Attendee["response"], { icon: typeof Check; words: string }> = {
  accepted: { icon: Check, words: "accepted" },
  tentative: { icon: CircleHelp, words: "maybe" },
  declined: { icon: X, words: "declined" },
  delegated: { icon: CornerUpRight, words: "delegated" },
  needsAction: { icon: Clock3, words: "no answer" },
};

function sameAddress(one: string | null, other: string | null | undefined): boolean {
  return one !== null && one.toLowerCase() === other?.toLowerCase();
}

function Person({ name, email, note, response }: { name: string | null; email: string | null; note: string | null; response: Attendee["response"] | null }) {
  const shown = name ?? email ?? "Somebody";
  const { icon: Icon, words } = RESPONSES[response ?? "needsAction"];
  return (
    <li className="flex min-h-7 items-center gap-2">
      <Avatar name={shown} cal={nearestColor(null, shown)} />
      <span className="truncate" title={email ?? undefined}>
        {shown}
      </span>
      {note ? <span className="shrink-0 text-fg-3">{note}</span> : null}
      {response ? (
        <span className="ml-auto flex shrink-0 items-center gap-1.5 text-12 text-fg-3">
          {words}
          <Icon aria-hidden="true" className="size-3.5" />
        </span>
      ) : null}
    </li>
  );
}

/** Who invited whom, and who comes. */
export function People({ organizer, attendees }: Pick<EventDetails, "organizer" | "attendees">) {
  const accepted = attendees.filter((attendee) => attendee.response === "accepted").length;
  const organizerAttends = attendees.some((attendee) => sameAddress(attendee.email, organizer?.email));
  if (organizer === null && attendees.length === 0) return null;
  return (
    <section className="border-t border-line px-4 py-3" aria-label="People">
      <h3 className="mb-1.5 flex h-5 items-center text-12 font-medium text-fg-2">
        People
        {attendees.length > 0 ? (
          <Badge className="ml-auto">
            {accepted} of {attendees.length} accepted
          </Badge>
        ) : null}
      </h3>
      <ul>
        {organizer && !organizerAttends ? <Person {...organizer} note="organizer" response={null} /> : null}
        {attendees.map((attendee, index) => (
          <Person
            key={attendee.email ?? `${attendee.name} ${index}`}
            name={attendee.name}
            email={attendee.email}
            note={sameAddress(attendee.email, organizer?.email) ? "organizer" : attendee.role === "optional" ? "optional" : null}
            response={attendee.response}
          />
        ))}
      </ul>
    </section>
  );
}
