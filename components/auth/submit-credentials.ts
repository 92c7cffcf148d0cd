/** A field of the sign-in and sign-up forms. */
export type CredentialField = "name" | "email" | "password";

export type CredentialsResult =
  /** The session cookie is set: leave the page. */
  | { ok: true }
  /** Show `message` at `field`, or above the form when it belongs to none. */
  | { ok: false; field: CredentialField | null; message: string };

const UNREACHABLE = "LinearTime could not be reached. Check the connection and try again.";
const UNCLEAR = "That did not work, and the server did not say why. Try again in a moment.";

function isField(value: unknown): value is CredentialField {
  return value === "name" || value === "email" || value === "password";
}

/** Reads a refusal of the auth routes; a body of another shape becomes a general message. */
export function readRefusal(body: unknown): CredentialsResult {
  if (typeof body !== "object" || body === null) return { ok: false, field: null, message: UNCLEAR };
  const message = "message" in body && typeof body.message === "string" ? body.message : UNCLEAR;
  const field = "field" in body && isField(body.field) ? body.field : null;
  return { ok: false, field, message };
}

/** Sends the form to `/api/auth/sign-in` or `/api/auth/sign-up`. Never throws. */
export async function submitCredentials(
  path: "/api/auth/sign-in" | "/api/auth/sign-up",
  values: Partial<Record<CredentialField, string>>,
): Promise<CredentialsResult> {
  try {
    const response = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(values),
    });
    if (response.ok) return { ok: true };
    const body: unknown = await response.json().catch(() => null);
    return readRefusal(body);
  } catch {
    return { ok: false, field: null, message: UNREACHABLE };
  }
}
