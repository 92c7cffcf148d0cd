import type { Doc } from "../_generated/dataModel";
import type { MutationCtx } from "../_generated/server";
import { createPerson, removePerson, type NewPerson } from "./person";

/*
 * A Clerk account and its user here. News comes from two sides, in any order and any number of times: the
 * webhook, whose messages carry Clerk's own time, and each sign-in, whose token carries none. So the webhook's
 * newest message counts, and a token counts only while there was no message at all. A deletion is final:
 * Clerk gives no id out twice.
 */

async function newsOf(ctx: MutationCtx, tokenIdentifier: string): Promise<Doc<"clerkUsers"> | null> {
  return await ctx.db
    .query("clerkUsers")
    .withIndex("by_tokenIdentifier", (q) => q.eq("tokenIdentifier", tokenIdentifier))
    .unique();
}

async function userOf(ctx: MutationCtx, tokenIdentifier: string): Promise<Doc<"users"> | null> {
  return await ctx.db
    .query("users")
    .withIndex("by_tokenIdentifier", (q) => q.eq("tokenIdentifier", tokenIdentifier))
    .unique();
}

async function upsert(ctx: MutationCtx, person: NewPerson): Promise<void> {
  const user = await userOf(ctx, person.tokenIdentifier);
  if (user === null) await createPerson(ctx, person);
  else if (user.email !== person.email || user.name !== person.name) {
    await ctx.db.patch(user._id, { email: person.email, name: person.name });
  }
}

/** Clerk says that a person was made or changed, at `changedAt` of its own clock (epoch milliseconds). */
export async function applyChange(ctx: MutationCtx, person: NewPerson, changedAt: number): Promise<void> {
  const news = await newsOf(ctx, person.tokenIdentifier);
  if (news === null) {
    await ctx.db.insert("clerkUsers", { tokenIdentifier: person.tokenIdentifier, changedAt, deleted: false });
  } else {
    if (news.deleted || changedAt <= news.changedAt) return;
    await ctx.db.patch(news._id, { changedAt });
  }
  await upsert(ctx, person);
}

/** Clerk says that a person is no more. */
export async function applyDeletion(ctx: MutationCtx, tokenIdentifier: string): Promise<void> {
  const news = await newsOf(ctx, tokenIdentifier);
  if (news?.deleted) return;
  if (news === null) await ctx.db.insert("clerkUsers", { tokenIdentifier, changedAt: 0, deleted: true });
  else await ctx.db.patch(news._id, { deleted: true });
  const user = await userOf(ctx, tokenIdentifier);
  if (user !== null) await removePerson(ctx, user._id);
}

/** Somebody has signed in. False when their account was deleted: their token is only not over yet. */
export async function applySignIn(ctx: MutationCtx, person: NewPerson): Promise<boolean> {
  const news = await newsOf(ctx, person.tokenIdentifier);
  if (news?.deleted) return false;
  if (news === null || (await userOf(ctx, person.tokenIdentifier)) === null) await upsert(ctx, person);
  return true;
}
