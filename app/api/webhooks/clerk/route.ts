import { api } from "@/convex/_generated/api";
import { hasWebhookForm } from "@/lib/security/standard-webhook";
import { serverMutation } from "../../convex-server";
import { readBody } from "../../read-body";

const MAX_BYTES = 256 * 1024;
const STATUS = { accepted: 200, refused: 401, malformed: 400 } as const;

/** One answer per status, without a word of what exactly was wrong: it is nobody's business but Clerk's. */
const answer = (status: number) => Response.json({ ok: status === 200 }, { status });

/**
 * Clerk's user webhook. What cannot be a signed message is turned away here; the signature is checked on the
 * deployment, which has the secret, in the mutation that also applies the message.
 */
export async function POST(request: Request): Promise<Response> {
  const header = (name: string) => request.headers.get(name) ?? "";
  const headers = { id: header("svix-id"), timestamp: header("svix-timestamp"), signature: header("svix-signature") };
  if (!hasWebhookForm(headers)) return answer(400);
  const bytes = await readBody(request, MAX_BYTES);
  if (bytes === null) return answer(413);
  const body = objectText(bytes);
  if (body === null) return answer(400);
  try {
    const { id: deliveryId, timestamp, signature } = headers;
    const outcome = await serverMutation(api.accounts.clerkWebhook.receive, { deliveryId, timestamp, signature, body });
    return answer(STATUS[outcome]);
  } catch (error) {
    console.error("A webhook could not be handed on:", error instanceof Error ? error.message : "unknown reason");
    return answer(503);
  }
}

/** The text of a JSON object, exactly as it was signed; null for anything else. */
function objectText(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? text : null;
  } catch {
    return null;
  }
}
