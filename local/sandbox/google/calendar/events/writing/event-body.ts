import { z } from "zod";
import { badRequest } from "../../../refusals";

const text = z.string().nullish();
const flag = z.boolean().nullish();
const when = z.object({ date: text, dateTime: text, timeZone: text }).nullish();
const words = z.record(z.string(), z.string()).nullish();

/** What a client may send of an event. Fields that only the server writes are left out, as Google ignores them. */
export const eventBody = z.object({
  id: text,
  iCalUID: text,
  status: z.enum(["confirmed", "tentative", "cancelled"]).nullish(),
  start: when,
  end: when,
  recurrence: z.array(z.string()).nullish(),
  sequence: z.number().int().nullish(),
  summary: text,
  description: text,
  location: text,
  colorId: z.string().regex(/^(?:[1-9]|1[01])$/).nullish(),
  transparency: z.enum(["opaque", "transparent"]).nullish(),
  visibility: z.enum(["default", "public", "private", "confidential"]).nullish(),
  attendees: z
    .array(
      z.object({
        email: z.string(),
        displayName: text,
        optional: flag,
        resource: flag,
        comment: text,
        additionalGuests: z.number().int().min(0).nullish(),
        responseStatus: z.enum(["needsAction", "declined", "tentative", "accepted"]).nullish(),
      }),
    )
    .nullish(),
  extendedProperties: z.object({ private: words, shared: words }).nullish(),
  reminders: z
    .object({ useDefault: flag, overrides: z.array(z.object({ method: z.enum(["email", "popup"]), minutes: z.number().int().min(0).max(40_320) })).nullish() })
    .nullish(),
  source: z.object({ title: text, url: text }).nullish(),
  attachments: z.array(z.object({ fileUrl: z.string(), title: text, mimeType: text, iconLink: text, fileId: text })).max(25).nullish(),
  conferenceData: z
    .object({
      conferenceId: text,
      conferenceSolution: z.object({ iconUri: text, key: z.object({ type: text }).nullish(), name: text }).nullish(),
      entryPoints: z.array(z.record(z.string(), z.unknown())).nullish(),
      createRequest: z.object({ requestId: z.string(), conferenceSolutionKey: z.object({ type: text }).nullish() }).nullish(),
      notes: text,
    })
    .nullish(),
  hangoutLink: text,
  eventType: z.enum(["default", "outOfOffice", "focusTime", "workingLocation", "birthday", "fromGmail"]).nullish(),
  anyoneCanAddSelf: flag,
  guestsCanInviteOthers: flag,
  guestsCanModify: flag,
  guestsCanSeeOtherGuests: flag,
});

export type EventBody = z.infer<typeof eventBody>;

/** Reads a body. Throws a 400 on what is not JSON, or has a field of the wrong type. */
export function readEventBody(body: unknown): EventBody {
  if (body === undefined) throw badRequest("Parse Error", "parseError");
  const read = eventBody.safeParse(body);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw badRequest(`Invalid value for: ${issue?.path.join(".") ?? "the body"}`);
}

/** Applies a patch: null clears a field, an object is merged, a list takes the place of the old one. */
export function mergedPatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const merged = new Map(isObject(target) ? Object.entries(target) : []);
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) merged.delete(name);
    else merged.set(name, mergedPatch(merged.get(name), value));
  }
  return Object.fromEntries(merged);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
