import { ConvexError } from "convex/values";
import { equalInConstantTime } from "../../lib/security/constant-time";
import { serverSecret } from "../settings";

/**
 * The few public functions made for our own route handlers begin here: whoever calls must
 * know the deployment's `LINEARTIME_SERVER_SECRET`. @throws ConvexError `forbidden`
 */
export function requireServer(secret: string): void {
  if (!equalInConstantTime(secret, serverSecret())) {
    throw new ConvexError({ code: "forbidden", message: "This function is for the server only." });
  }
}
