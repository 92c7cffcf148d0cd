import { v } from "convex/values";
import { query } from "../_generated/server";
import { findCaller } from "../accounts/caller";
import { PROVIDER_PROFILES, sandboxesOf } from "../../lib/providers/profiles";

const offer = v.object({
  provider: v.string(),
  label: v.string(),
  /** Address of the stand-in that takes the provider's place on this machine; null for the real one. */
  sandboxUrl: v.union(v.string(), v.null()),
});

/** The providers that people sign in to and that this deployment has keys for. */
export const list = query({
  args: {},
  returns: v.array(offer),
  handler: async (ctx) => {
    if ((await findCaller(ctx)) === null) return [];
    const sandboxes = new Map(sandboxesOf(process.env).map(({ provider, url }) => [provider, url]));
    return Object.entries(PROVIDER_PROFILES)
      .filter(([, { signIn, keys }]) => signIn === "oauth" && keys.every((name) => Boolean(process.env[name])))
      .map(([provider, { label }]) => ({ provider, label, sandboxUrl: sandboxes.get(provider) ?? null }));
  },
});
