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

/** ORGANIZER (RFC 5545 §3.8.4.3). */
export function personOf(property: IcsProperty): Person {
  const address = property.value.trim().replace(/^mailto:/i, "");
  const email = address.includes("@") ? address : (property.params["email"] ?? null);
  return { name: property.params["cn"]?.trim() || null, email };
}

/** ATTENDEE (RFC 5545 §3.8.4.1). */
export function attendeeOf(property: IcsProperty): Attendee {
  return {
    ...personOf(property),
    response: RESPONSES[property.params["partstat"]?.toUpperCase() ?? ""] ?? "needsAction",
    role: ROLES[property.params["role"]?.toUpperCase() ?? ""] ?? "required",
  };
}
