import type { FunctionArgs, FunctionReturnType } from "convex/server";
import { api } from "@/convex/_generated/api";
import { serverMutation } from "../convex-server";
import { createBatcher } from "./batcher";
import { createFloodGuard } from "./flood-guard";

export type Notification = FunctionArgs<typeof api.webhooks.notify.receive>["notifications"][number];
type Outcome = FunctionReturnType<typeof api.webhooks.notify.receive>[number];

/** As many as `webhooks/notify.receive` takes. */
const MOST_AT_ONCE = 50;
/** By then a provider has given up waiting, too. */
const TIMEOUT_MS = 10_000;
const STATUS = { accepted: 200, unknown: 401 } as const satisfies Record<Outcome, number>;
const OUT_OF_ORDER = 503;

const guard = createFloodGuard({ now: () => performance.now() });
const batcher = createBatcher<Notification, Outcome>({
  most: MOST_AT_ONCE,
  timeoutMs: TIMEOUT_MS,
  handOver: (notifications) => serverMutation(api.webhooks.notify.receive, { notifications }),
});

/**
 * Hands a notification over to the deployment, with whatever else arrives meanwhile, and says how to answer it: 200 when it is
 * stored or has no effect, 401 when it does not verify, 503 when it ought to come again. There is never a body: providers
 * read none, and whoever guesses learns nothing.
 */
export async function handOver(notification: Notification): Promise<Response> {
  const sender = `${notification.channelId} ${notification.token}`;
  if (!guard.admits(sender)) return new Response(null, { status: OUT_OF_ORDER, headers: { "retry-after": "10" } });
  try {
    const outcome = await batcher.add(notification);
    guard.note(sender, outcome === "accepted");
    return new Response(null, { status: STATUS[outcome] });
  } catch (error) {
    console.error("A notification could not be handed on:", error instanceof Error ? error.message : "unknown reason");
    return new Response(null, { status: OUT_OF_ORDER });
  }
}
