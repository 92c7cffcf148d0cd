import { canonicalJson } from "../../content-hash";
import type { Attendee, Person } from "../../model";
import { attendeeOf, personOf } from "../people";
import { contentLine, editedLine, type Params, propertyOfLine } from "./content-line";
import type { Line } from "./document";

const RESPONSES = { needsAction: "NEEDS-ACTION", accepted: "ACCEPTED", declined: "DECLINED", tentative: "TENTATIVE", delegated: "DELEGATED" } as const;
const ROLES = { required: null, optional: "OPT-PARTICIPANT", chair: "CHAIR", none: "NON-PARTICIPANT" } as const;
const KINDS = { individual: null, group: "GROUP", resource: "RESOURCE", room: "ROOM", unknown: "UNKNOWN" } as const;

/** ATTENDEE lines: who stays keeps their own, with every parameter that we do not know; who changed, all but what changed. */
export function attendeeLines(attendees: readonly Attendee[], old: readonly Line[]): string[] {
  const standing = old.flatMap((line) => {
    const property = propertyOfLine(line.content);
    return property === null ? [] : [{ content: line.content, value: property.value, attendee: attendeeOf(property) }];
  });
  return attendees.map((attendee) => {
    const index = standing.findIndex((each) => sameAddress(each.attendee, attendee));
    const [own] = index < 0 ? [] : standing.splice(index, 1);
    if (own === undefined) return contentLine("ATTENDEE", attendeeParams(attendee), addressOf(attendee));
    if (canonicalJson(own.attendee) === canonicalJson(attendee)) return own.content;
    const changed = changedParams(attendeeParams(own.attendee), attendeeParams(attendee));
    return editedLine(own.content, changed, own.attendee.email === attendee.email ? own.value : addressOf(attendee));
  });
}

export function organizerLines(organizer: Person | null, old: readonly Line[]): string[] {
  if (organizer === null) return [];
  const [line] = old;
  const property = line === undefined ? null : propertyOfLine(line.content);
  if (line === undefined || property === null) return [contentLine("ORGANIZER", { CN: organizer.name }, addressOf(organizer))];
  const before = personOf(property);
  return [editedLine(line.content, changedParams({ CN: before.name }, { CN: organizer.name }), before.email === organizer.email ? property.value : addressOf(organizer))];
}

function attendeeParams({ name, response, role, kind, comment, additionalGuests }: Attendee): Params {
  return {
    CN: name,
    CUTYPE: KINDS[kind],
    ROLE: ROLES[role],
    PARTSTAT: RESPONSES[response],
    "X-NUM-GUESTS": additionalGuests === 0 ? null : String(additionalGuests),
    "X-RESPONSE-COMMENT": comment,
  };
}

function changedParams(before: Params, after: Params): Params {
  return Object.fromEntries(Object.entries(after).filter(([name, value]) => before[name] !== value));
}

function sameAddress(a: Person, b: Person): boolean {
  return a.email === null ? b.email === null && a.name === b.name : a.email.toLowerCase() === b.email?.toLowerCase();
}

/** Somebody without an address is named by a URI that leads nowhere. */
function addressOf({ email }: Person): string {
  return email === null ? "invalid:nomail" : `mailto:${email}`;
}
