import { ConvexError, v, type Infer } from "convex/values";
import { query, type QueryCtx } from "../_generated/server";
import { findCaller, requireCaller, type Caller } from "../accounts/caller";
import { operatorEmails } from "../settings";

/** What a page is about: what is one's own, or the whole deployment, which operators see. */
export const scope = v.union(v.literal("own"), v.literal("deployment"));
export type Scope = Infer<typeof scope>;

/** True for somebody who may see and mend the whole deployment. */
export function isOperator(caller: Caller): boolean {
  return operatorEmails().has(caller.user.email.toLowerCase());
}

/** The caller, if they may read in this scope; null, as for nobody at all, if not. */
export async function findReader(ctx: Pick<QueryCtx, "auth" | "db">, wanted: Scope): Promise<Caller | null> {
  const caller = await findCaller(ctx);
  return caller !== null && (wanted === "own" || isOperator(caller)) ? caller : null;
}

/** The caller, who may act in this scope. @throws ConvexError `unauthenticated`, `forbidden` */
export async function requireActor(ctx: Pick<QueryCtx, "auth" | "db">, wanted: Scope): Promise<Caller> {
  const caller = await requireCaller(ctx);
  if (wanted === "deployment" && !isOperator(caller)) {
    throw new ConvexError({ code: "forbidden", message: "Only operators may do this for the whole deployment." });
  }
  return caller;
}

/** Whether the caller is an operator: the pages offer the whole deployment to nobody else. */
export const amOperator = query({
  args: {},
  returns: v.boolean(),
  handler: async (ctx) => {
    const caller = await findCaller(ctx);
    return caller !== null && isOperator(caller);
  },
});
