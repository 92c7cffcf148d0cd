import { v, type Infer } from "convex/values";
import { internal } from "../../_generated/api";
import type { Doc, Id } from "../../_generated/dataModel";
import { internalMutation, mutation, type MutationCtx } from "../../_generated/server";
import type { Caller } from "../../accounts/caller";
import { isWanted } from "../../../lib/monitoring/job-filter";
import { jobType } from "../../validators/job";
import { requireActor, scope } from "../access";
import { audit } from "../audit";
import { closeIfNoneLeft, discard, replay } from "./deadLetters";

/*
 * What a person decides about all dead letters that a list shows. It is done a bounded step at a time; what is
 * created after the decision is not part of it.
 */

const LETTERS_PER_STEP = 100;

const filter = { type: v.union(jobType, v.null()), provider: v.union(v.string(), v.null()) };
const decision = v.union(v.literal("retry"), v.literal("discard"));

/** Asks for the work of all dead letters anew; those of accounts that do not sync now stay. */
export const retryAll = mutation({
  args: { scope, ...filter },
  returns: v.null(),
  handler: async (ctx, { scope: of, ...rest }) => {
    const caller = await requireActor(ctx, of);
    await begin(ctx, caller, { decision: "retry", ownerUserId: of === "own" ? caller.user._id : null, ...rest });
    return null;
  },
});

/** Takes all dead letters off the list for good. */
export const discardAll = mutation({
  args: { scope, ...filter },
  returns: v.null(),
  handler: async (ctx, { scope: of, ...rest }) => {
    const caller = await requireActor(ctx, of);
    await begin(ctx, caller, { decision: "discard", ownerUserId: of === "own" ? caller.user._id : null, ...rest });
    return null;
  },
});

const batch = v.object({
  decision,
  /** Whose dead letters; null for everybody's. */
  ownerUserId: v.union(v.id("users"), v.null()),
  ...filter,
  /** Those that were created after this time and not after that one, epoch milliseconds. */
  after: v.number(),
  until: v.number(),
});
type Batch = Infer<typeof batch>;

async function begin(ctx: MutationCtx, caller: Caller, chosen: Omit<Batch, "after" | "until">): Promise<void> {
  const action = chosen.decision === "retry" ? "dead_letters_retried" : "dead_letters_discarded";
  const own = chosen.ownerUserId === caller.user._id;
  const object = { kind: "organization" as const, id: own ? caller.orgId : "deployment" };
  const owner = own ? { orgId: caller.orgId, ownerUserId: caller.user._id } : null;
  await audit(ctx, { actor: caller.user._id, action, object, outcome: "done", owner, detail: chosen.type ?? undefined });
  await decide(ctx, { ...chosen, after: 0, until: Date.now() + 1 });
}

/** The next step of a decision. */
export const step = internalMutation({
  args: { batch },
  returns: v.null(),
  handler: async (ctx, args) => {
    await decide(ctx, args.batch);
    return null;
  },
});

async function decide(ctx: MutationCtx, one: Batch): Promise<void> {
  const letters = await next(ctx, one);
  const accounts = new Set<Id<"providerConfigs">>();
  for (const letter of letters) {
    if (!isWanted(letter, { status: "failed", type: one.type, provider: one.provider })) continue;
    if (one.decision === "discard") await discard(ctx, letter);
    else if (!(await replay(ctx, letter, letter.priority))) continue;
    accounts.add(letter.providerConfigId);
  }
  for (const account of accounts) await closeIfNoneLeft(ctx, account);
  const last = letters.at(-1);
  if (letters.length === LETTERS_PER_STEP && last !== undefined) {
    const rest = { ...one, after: last._creationTime };
    await ctx.scheduler.runAfter(0, internal.monitoring.jobs.decideAll.step, { batch: rest });
  }
}

async function next(ctx: MutationCtx, { ownerUserId, after, until }: Batch): Promise<Doc<"syncJobs">[]> {
  const jobs = ctx.db.query("syncJobs");
  const failed =
    ownerUserId === null
      ? jobs.withIndex("by_status", (q) => q.eq("status", "failed").gt("_creationTime", after).lte("_creationTime", until))
      : jobs.withIndex("by_ownerUserId_status", (q) =>
          q.eq("ownerUserId", ownerUserId).eq("status", "failed").gt("_creationTime", after).lte("_creationTime", until),
        );
  return await failed.take(LETTERS_PER_STEP);
}
