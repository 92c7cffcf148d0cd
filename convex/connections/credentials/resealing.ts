"use node";

import { v } from "convex/values";
import { internal } from "../../_generated/api";
import { internalAction } from "../../_generated/server";
import { open, parseEncryptionKeys, seal } from "../../../lib/security/envelope";
import { encryptionKeys } from "../../settings";
import { envelopeContext } from "./envelopes";
import type { SealedSecret } from "./keys";

interface Page {
  secrets: SealedSecret[];
  cursor: string | null;
}

/**
 * Seals with the first key what was sealed with another one of ours, a bounded step at a time, and comes back for the
 * rest. What was sealed with a key that is gone stays as it is: its account has to be reconnected.
 */
export const run = internalAction({
  args: { keyId: v.optional(v.union(v.string(), v.null())), cursor: v.optional(v.string()) },
  returns: v.number(),
  handler: async (ctx, args): Promise<number> => {
    const keys = parseEncryptionKeys(encryptionKeys());
    const inUse: (string | null)[] = await ctx.runQuery(internal.connections.credentials.keys.inUse, {});
    const old = inUse.filter((id) => id !== keys.primary && (id === null || keys.byId.has(id)));
    const steps = args.keyId === undefined ? old.map((keyId) => ({ keyId, cursor: null })) : [{ keyId: args.keyId, cursor: args.cursor ?? null }];
    let resealed = 0;
    for (const { keyId, cursor } of steps) {
      const page: Page = await ctx.runQuery(internal.connections.credentials.keys.secretsOf, { keyId, cursor });
      for (const { credentialId, version, envelope, ...row } of page.secrets) {
        const context = envelopeContext(row);
        const secret = await open(keys, context, envelope).catch(() => null);
        if (secret === null) continue;
        const replaced: boolean = await ctx.runMutation(internal.connections.credentials.keys.replace, {
          credentialId,
          version,
          envelope: await seal(keys, context, secret),
        });
        if (replaced) resealed += 1;
      }
      if (page.cursor === null) continue;
      await ctx.scheduler.runAfter(0, internal.connections.credentials.resealing.run, { keyId, cursor: page.cursor });
    }
    return resealed;
  },
});
