"use node";

import { v } from "convex/values";
import { z } from "zod";
import { internal } from "../../_generated/api";
import { action } from "../../_generated/server";
import type { OAuthProvider } from "../../../lib/providers/oauth";
import { openOAuth } from "../../../lib/providers/oauth-registry";
import { sandboxesOf } from "../../../lib/providers/profiles";
import { requireServer } from "../../accounts/server";
import { connectAccount } from "./connectAccount";

const TIMEOUT_MS = 10_000;

const world = z.object({ accounts: z.array(z.object({ id: z.string(), email: z.string() })).min(1) });
const consent = z.object({ refreshToken: z.string() });

/**
 * Server only, in the name of the demo's person. Connects the first account of each stand-in that runs here, as if it had
 * consented; from there on everything is as with any other account. Returns how many were connected.
 */
export const connect = action({
  args: { secret: v.string() },
  returns: v.number(),
  handler: async (ctx, { secret }): Promise<number> => {
    requireServer(secret);
    await ctx.runQuery(internal.accounts.caller.current, {});
    let connected = 0;
    for (const { provider, url } of sandboxesOf(process.env)) {
      const oauth = openOAuth(provider, process.env);
      if (oauth === null) continue;
      const account = await allow(oauth, provider, url);
      const result = await oauth.refresh(account.refreshToken);
      if (result.kind !== "tokens") continue;
      await connectAccount(ctx, provider, { tokens: result.tokens, account });
      connected += 1;
    }
    return connected;
  },
});

/** Somebody at the stand-in, who has just allowed everything. */
async function allow(oauth: OAuthProvider, provider: string, url: string): Promise<{ subject: string; email: string; refreshToken: string }> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const { accounts } = world.parse(await (await fetch(`${url}/control/state`, { signal })).json());
  const [first] = accounts;
  if (first === undefined) throw new Error("The sandbox knows nobody.");
  const answer = await fetch(`${url}/control/${provider}/connect`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ account: first.email, scopes: oauth.scopes }),
    signal,
  });
  const { refreshToken } = consent.parse(await answer.json());
  return { subject: first.id, email: first.email, refreshToken };
}
