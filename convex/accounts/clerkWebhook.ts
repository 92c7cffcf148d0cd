import { v, type Infer } from "convex/values";
import { readUserEvent } from "../../lib/auth/clerk/user-event";
import { isSignedBy } from "../../lib/security/standard-webhook";
import { mutation, type MutationCtx } from "../_generated/server";
import { clerkIssuer, clerkWebhookSecret, usesClerk } from "../settings";
import { applyChange, applyDeletion } from "./clerkUser";
import { requireServer } from "./server";

const outcome = v.union(
  /** Signed by Clerk: applied, known already, or of no concern here. */
  v.literal("accepted"),
  /** Not signed by Clerk, or not within five minutes: nothing was stored. */
  v.literal("refused"),
  /** Signed by Clerk, but not as it describes its messages: nothing was stored. */
  v.literal("malformed"),
);

/** Server only. One delivery of Clerk's user webhook; the signature is checked here, where the secret is. */
export const receive = mutation({
  args: {
    secret: v.string(),
    deliveryId: v.string(),
    timestamp: v.string(),
    signature: v.string(),
    body: v.string(),
  },
  returns: outcome,
  handler: async (ctx, { secret, deliveryId, timestamp, signature, body }): Promise<Infer<typeof outcome>> => {
    requireServer(secret);
    if (!usesClerk()) return "refused";
    if (!isSignedBy(clerkWebhookSecret(), { id: deliveryId, timestamp, signature, body })) return "refused";
    const event = readUserEvent(body);
    if (event.kind === "malformed") return "malformed";
    if (event.kind === "other" || !(await isNew(ctx, deliveryId))) return "accepted";
    const tokenIdentifier = `${clerkIssuer()}|${event.subject}`;
    if (event.kind === "deleted") {
      await applyDeletion(ctx, tokenIdentifier);
    } else {
      const { subject, email, name, updatedAt } = event;
      await applyChange(ctx, { tokenIdentifier, subject, email, name }, updatedAt);
    }
    return "accepted";
  },
});

/** Notes a delivery. False when it was noted before: Clerk sends again what it has had no answer to. */
async function isNew(ctx: MutationCtx, deliveryId: string): Promise<boolean> {
  const known = await ctx.db
    .query("clerkDeliveries")
    .withIndex("by_deliveryId", (q) => q.eq("deliveryId", deliveryId))
    .unique();
  if (known !== null) return false;
  await ctx.db.insert("clerkDeliveries", { deliveryId, receivedAt: Date.now() });
  return true;
}
