import { v, type Infer } from "convex/values";
import { internalMutation } from "../../_generated/server";
import { keyIdOf } from "../../../lib/security/envelope";
import { providerFailure } from "../../validators/problem";
import { secretInUse } from "./envelopes";

/*
 * One refresh at a time for each account, however many ask. Whoever holds the lease asks the
 * provider and stores the answer with compare-and-set; the others wait for the version to rise,
 * or share the failure. A lease that ran out was held by somebody who died: the next one tries
 * with what is stored, and where the provider had already replaced it, that is refused once and
 * for good.
 */

/** Longer than a token call may take, its time-out included. */
export const REFRESH_LEASE_MS = 30_000;

const claimed = { providerConfigId: v.id("providerConfigs"), version: v.number(), leaseId: v.string() };
const FIELD = "oauth";

const claim_ = v.union(
  /** Ask the provider, then `save` or `fail`. */
  v.object({ kind: v.literal("claimed") }),
  /** Somebody else is asking: look again soon. */
  v.object({ kind: v.literal("busy") }),
  /** The tokens are others by now: read them again. */
  v.object({ kind: v.literal("changed") }),
  /** It was tried since the caller began, or will never work again. */
  v.object({ kind: v.literal("failed"), failure: providerFailure }),
  /** The account was disconnected. */
  v.object({ kind: v.literal("forgotten") }),
);
export type Claim = Infer<typeof claim_>;

/** Asks for the lease on refreshing version `version`, for a caller that began at `since`. */
export const claim = internalMutation({
  args: { ...claimed, since: v.number() },
  returns: claim_,
  handler: async (ctx, { providerConfigId, version, leaseId, since }): Promise<Claim> => {
    const row = await secretInUse(ctx, providerConfigId, FIELD);
    if (row === null) return { kind: "forgotten" };
    if (row.version !== version) return { kind: "changed" };
    const now = Date.now();
    const { refresh } = row;
    if (refresh?.kind === "running" && refresh.expiresAt > now) return { kind: "busy" };
    if (refresh?.kind === "failed" && (refresh.failure.kind === "authRevoked" || refresh.at >= since)) {
      return { kind: "failed", failure: refresh.failure };
    }
    await ctx.db.patch(row._id, { refresh: { kind: "running", leaseId, expiresAt: now + REFRESH_LEASE_MS } });
    return { kind: "claimed" };
  },
});

const saving = v.union(
  v.literal("saved"),
  /** A reconnect or a later lease came first: its tokens count. */
  v.literal("superseded"),
  /** The account was disconnected meanwhile, and stays so. */
  v.literal("forgotten"),
);

/** Stores new tokens, if the lease still holds on the version that they replace. */
export const save = internalMutation({
  args: { ...claimed, envelope: v.string() },
  returns: saving,
  handler: async (ctx, { providerConfigId, version, leaseId, envelope }): Promise<Infer<typeof saving>> => {
    const row = await secretInUse(ctx, providerConfigId, FIELD);
    if (row === null) return "forgotten";
    const { refresh } = row;
    if (row.version !== version || refresh?.kind !== "running" || refresh.leaseId !== leaseId) return "superseded";
    await ctx.db.patch(row._id, { envelope, keyId: keyIdOf(envelope), version: version + 1, refresh: undefined });
    return "saved";
  },
});

/** The provider gave no new tokens: those who wait hear why. */
export const fail = internalMutation({
  args: { ...claimed, failure: providerFailure },
  returns: v.null(),
  handler: async (ctx, { providerConfigId, version, leaseId, failure }) => {
    const row = await secretInUse(ctx, providerConfigId, FIELD);
    if (row?.version !== version || row.refresh?.kind !== "running" || row.refresh.leaseId !== leaseId) return null;
    await ctx.db.patch(row._id, { refresh: { kind: "failed", failure, at: Date.now() } });
    return null;
  },
});
