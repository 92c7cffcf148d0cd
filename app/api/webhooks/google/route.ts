import { readNotification } from "@/lib/providers/google/notifications";
import { readBody } from "../../read-body";
import { handOver } from "../hand-over";
import { proveCallback } from "../prove-callback";

const MAX_BYTES = 256 * 1024;

export const GET = proveCallback;

/**
 * A push notification of the Calendar API: all of it is in its headers. The token is compared on the deployment, which has
 * its hash. Google tries again after 503, and takes every other refusal for final.
 */
export async function POST(request: Request): Promise<Response> {
  if ((await readBody(request, MAX_BYTES)) === null) return new Response(null, { status: 413 });
  const reading = readNotification(request.headers);
  if (reading.kind === "problem") return new Response(null, { status: 400 });
  const { channelId, token, messageNumber, state } = reading.notification;
  return await handOver({ provider: "google", channelId, token, deliveryId: String(messageNumber), tellsOfChange: state !== "sync" });
}
