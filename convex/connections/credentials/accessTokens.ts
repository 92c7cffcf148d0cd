import { z } from "zod";
import { internal } from "../../_generated/api";
import type { Id } from "../../_generated/dataModel";
import type { ActionCtx } from "../../_generated/server";
import type { AccessTokenSource, OAuthProvider, TokenSet } from "../../../lib/providers/oauth";
import type { ProviderFailure } from "../../../lib/providers/port";
import { open, seal, type EncryptionKeys } from "../../../lib/security/envelope";
import { envelopeContext } from "./envelopes";
import { REFRESH_LEASE_MS, type Claim } from "./refresh";

/** A connected account that was signed in to. */
export interface SignedInAccount {
  orgId: Id<"organizations">;
  providerConfigId: Id<"providerConfigs">;
  provider: string;
}

interface Deps {
  oauth: OAuthProvider;
  keys: EncryptionKeys;
  /** What a token must still be good for when a run begins, milliseconds. */
  minimumLifeMs: number;
  now?: () => number;
  wait?: (ms: number) => Promise<void>;
  newLeaseId?: () => string;
}

/** How a secret is stored under the field `oauth`. */
const tokenSet = z.object({
  accessToken: z.string(),
  accessTokenExpiresAt: z.number(),
  refreshToken: z.string(),
  scopes: z.array(z.string()),
});

/** A token that is about to end is no use, whatever the run still wants to do. */
const LEAST_LIFE_MS = 60_000;
const FIRST_WAIT_MS = 50;
const LONGEST_WAIT_MS = 1_000;

/**
 * Access tokens of one account for the length of one run: the stored one while it lasts, otherwise a new one, which is
 * asked for once however many runs want it at the same time.
 */
export function accessTokenSource(ctx: Pick<ActionCtx, "runQuery" | "runMutation">, account: SignedInAccount, deps: Deps): AccessTokenSource {
  const { oauth, keys, minimumLifeMs, now = Date.now, wait = sleep, newLeaseId = () => crypto.randomUUID() } = deps;
  const { providerConfigId } = account;
  const context = envelopeContext({ ...account, field: "oauth" });
  /** What the last call gave: as long as it lasts, nothing is asked again. */
  let given: TokenSet | null = null;

  const isGood = (tokens: TokenSet, lifeMs: number, rejected: string | undefined): boolean =>
    tokens.accessToken !== rejected && tokens.accessTokenExpiresAt - now() > lifeMs;

  /** Asks the provider, in the name of a lease. Null where somebody else's tokens count by now. */
  const refresh = async (tokens: TokenSet, lease: { version: number; leaseId: string }): Promise<TokenSet | ProviderFailure | null> => {
    const result = await oauth.refresh(tokens.refreshToken);
    if (result.kind !== "tokens") {
      await ctx.runMutation(internal.connections.credentials.refresh.fail, { providerConfigId, ...lease, failure: result });
      return result;
    }
    const envelope = await seal(keys, context, JSON.stringify(result.tokens));
    const saved: "saved" | "superseded" | "forgotten" = await ctx.runMutation(internal.connections.credentials.refresh.save, {
      providerConfigId,
      ...lease,
      envelope,
    });
    if (saved === "superseded") return null;
    if (saved === "saved") return result.tokens;
    // The disconnect knew only the old token; the one that took its place is known to nobody but us.
    if (result.tokens.refreshToken !== tokens.refreshToken) await oauth.revoke(result.tokens.refreshToken);
    return DISCONNECTED;
  };

  return async (rejected) => {
    if (given !== null && isGood(given, LEAST_LIFE_MS, rejected)) return { kind: "token", accessToken: given.accessToken };
    const since = now();
    const lifeMs = given === null ? minimumLifeMs : LEAST_LIFE_MS;
    let firstVersion: number | null = null;
    for (let waitMs = FIRST_WAIT_MS; now() - since <= 2 * REFRESH_LEASE_MS; ) {
      const stored: { envelope: string; version: number } | null = await ctx.runQuery(internal.connections.credentials.envelopes.sealed, {
        providerConfigId,
        field: "oauth",
      });
      if (stored === null) return DISCONNECTED;
      const tokens = await open(keys, context, stored.envelope).then(readTokens, () => null);
      if (tokens === null) return UNREADABLE;
      firstVersion ??= stored.version;
      // What somebody has just fetched is as good as it gets, also where a provider's tokens are short-lived.
      const isFresh = stored.version > firstVersion && tokens.accessToken !== rejected;
      if (isFresh || isGood(tokens, lifeMs, rejected)) {
        given = tokens;
        return { kind: "token", accessToken: tokens.accessToken };
      }
      const lease = { version: stored.version, leaseId: newLeaseId() };
      const claim: Claim = await ctx.runMutation(internal.connections.credentials.refresh.claim, { providerConfigId, ...lease, since });
      switch (claim.kind) {
        case "claimed": {
          const refreshed = await refresh(tokens, lease);
          if (refreshed === null) continue;
          if ("kind" in refreshed) return refreshed;
          given = refreshed;
          return { kind: "token", accessToken: refreshed.accessToken };
        }
        case "busy":
          await wait(waitMs);
          waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS);
          continue;
        case "changed":
          continue;
        case "failed":
          return claim.failure;
        case "forgotten":
          return DISCONNECTED;
      }
    }
    return STILL_BUSY;
  };
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function readTokens(text: string): TokenSet | null {
  const parsed = tokenSet.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : null;
}

const DISCONNECTED: ProviderFailure = {
  kind: "rejected",
  code: "disconnected",
  message: "The account was disconnected.",
  action: "Connect it again to see its calendars.",
};

/** Sealed with a key that is gone, or damaged: no later attempt can open it. */
const UNREADABLE: ProviderFailure = {
  kind: "authRevoked",
  code: "secret_unreadable",
  message: "The stored sign-in cannot be opened: the key that it was sealed with is not there any more.",
  action: "Reconnect the account.",
};

const STILL_BUSY: ProviderFailure = {
  kind: "unavailable",
  code: "refresh_busy",
  message: "The sign-in is being renewed, which takes longer than usual.",
  action: "LinearTime tries again by itself.",
  retryAfterMs: null,
};
