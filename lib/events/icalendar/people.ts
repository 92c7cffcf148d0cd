import type { Attendee, Person } from "../model";
import type { IcsProperty } from "./components";

const RESPONSES: Readonly<Record<string, Attendee["response"]>> = {
  ACCEPTED: "accepted",
  DECLINED: "declined",
  TENTATIVE: "tentative",
  DELEGATED: "delegated",
};

const ROLES: Readonly<Record<string, Attendee["role"]>> = {
  CHAIR: "chair",
  "OPT-PARTICIPANT": "optional",
  "NON-PARTICIPANT": "none",
};

const KINDS: Readonly<Record<string, Attendee["kind"]>> = {
  GROUP: "group",
  RESOURCE: "resource",
  ROOM: "room",
  UNKNOWN: "unknown",
};

/** ORGANIZER (RFC 5545 §3.8.4.3). */
export function personOf(property: IcsProperty): Person {
  const address = property.value.trim().replace(/^mailto:/i, "");
  const email = address.includes("@") ? address : (property.params["email"] ?? null);
  return { name: property.params["cn"]?.trim() || null, email };
}

/** ATTENDEE (RFC 5545 §3.8.4.1), with the two parameters that Google adds to it. */
export function attendeeOf(property: IcsProperty): Attendee {
  return {
    ...personOf(property),
    response: RESPONSES[property.params["partstat"]?.toUpperCase() ?? ""] ?? "needsAction",
    role: ROLES[property.params["role"]?.toUpperCase() ?? ""] ?? "required",
    kind: KINDS[property.params["cutype"]?.toUpperCase() ?? ""] ?? "individual",
    comment: property.params["x-response-comment"]?.trim() || null,
    additionalGuests: guestsOf(property.params["x-num-guests"] ?? ""),
  };
}

function guestsOf(text: string): number {
  return /^\d{1,4}$/.test(text) ? Number(text) : 0;
}
