import { api } from "@/convex/_generated/api";
import { readNotification } from "@/lib/providers/google/notifications";
import { serverMutation } from "../../convex-server";
import { readBody } from "../../read-body";
import { proveCallback } from "../prove-callback";

const MAX_BYTES = 256 * 1024;
const STATUS = { accepted: 200, unknown: 401 } as const;

const answer = (status: number) => Response.json({ ok: status === 200 }, { status });

export const GET = proveCallback;

/**
 * A push notification of the Calendar API: all of it is in its headers. The token is compared on the deployment, which has
 * its hash. Google tries again after 503, and takes every other refusal for final.
 */
export async function POST(request: Request): Promise<Response> {
  if ((await readBody(request, MAX_BYTES)) === null) return answer(413);
  const reading = readNotification(request.headers);
  if (reading.kind === "problem") return answer(400);
  const { channelId, token, messageNumber, state } = reading.notification;
  try {
    const outcome = await serverMutation(api.webhooks.notify.receive, {
      provider: "google",
      channelId,
      token,
      deliveryId: String(messageNumber),
      tellsOfChange: state !== "sync",
    });
    return answer(STATUS[outcome]);
  } catch (error) {
    console.error("A notification could not be handed on:", error instanceof Error ? error.message : "unknown reason");
    return answer(503);
  }
}
