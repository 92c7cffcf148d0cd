import { z } from "zod";

/** What Clerk's user webhook says happened. */
export type UserEvent =
  | { kind: "changed"; subject: string; email: string; name: string; updatedAt: number }
  | { kind: "deleted"; subject: string }
  /** Nothing that concerns people's accounts here. */
  | { kind: "other" }
  /** A user event that is not as Clerk describes it. */
  | { kind: "malformed" };

const subject = z.string().min(1).max(256);
const text = z.string().nullish();

const changed = z.object({
  id: subject,
  primary_email_address_id: text,
  email_addresses: z.array(z.object({ id: z.string(), email_address: z.string().max(320) })).max(100),
  first_name: text,
  last_name: text,
  username: text,
  /** Epoch milliseconds. */
  updated_at: z.number().int().nonnegative(),
});
const deleted = z.object({ id: subject });
const event = z.object({ type: z.string(), data: z.unknown() });

const NAME_LENGTH = 200;

/** Reads the body of a verified webhook. */
export function readUserEvent(body: string): UserEvent {
  const { success, data: message } = event.safeParse(parse(body));
  if (!success) return { kind: "malformed" };
  switch (message.type) {
    case "user.created":
    case "user.updated":
      return readChanged(message.data);
    case "user.deleted": {
      const user = deleted.safeParse(message.data);
      return user.success ? { kind: "deleted", subject: user.data.id } : { kind: "malformed" };
    }
    default:
      return { kind: "other" };
  }
}

function readChanged(data: unknown): UserEvent {
  const user = changed.safeParse(data);
  if (!user.success) return { kind: "malformed" };
  const { id, email_addresses: addresses, primary_email_address_id: primaryId, updated_at: updatedAt, ...names } = user.data;
  const primary = addresses.find((address) => address.id === primaryId) ?? addresses[0];
  const email = primary?.email_address ?? "";
  const fullName = [names.first_name, names.last_name].filter(Boolean).join(" ").trim();
  return { kind: "changed", subject: id, email, name: displayName(fullName, names.username, email), updatedAt };
}

/** The first of these that says anything, not longer than a name is. */
export function displayName(...candidates: (string | null | undefined)[]): string {
  return (candidates.find((candidate) => candidate?.trim()) ?? "").trim().slice(0, NAME_LENGTH);
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
