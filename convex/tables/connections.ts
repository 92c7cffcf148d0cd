import { defineTable } from "convex/server";
import { v } from "convex/values";
import { connectionStatus, refreshState } from "../validators/connection";
import { issue } from "../validators/problem";

export const connections = {
  /** One connected account. Written when it is connected; rarely after. */
  providerConfigs: defineTable({
    orgId: v.id("organizations"),
    ownerUserId: v.id("users"),
    provider: v.string(),
    /** What the provider calls this account: an e-mail or a user name. */
    account: v.string(),
    /** Where the account lives; the CalDAV calendar home. Empty where the provider has one address for all. */
    serverUrl: v.string(),
    /** The provider's own, lasting id of the account, where signing in tells it. */
    subject: v.optional(v.string()),
  })
    .index("by_orgId_ownerUserId", ["orgId", "ownerUserId"])
    .index("by_provider_subject", ["provider", "subject"]),

  /** The moving part of a connection. Written by sync, read by the connections page. */
  connectionState: defineTable({
    orgId: v.id("organizations"),
    providerConfigId: v.id("providerConfigs"),
    status: connectionStatus,
    reason: v.union(issue, v.null()),
    /** When the poll is due; null while paused or waiting for the user. */
    nextSyncAt: v.union(v.number(), v.null()),
  })
    .index("by_providerConfigId", ["providerConfigId"])
    .index("by_nextSyncAt", ["nextSyncAt"]),

  /** One sealed secret: a password, or the tokens of one sign-in. Only `connections/credentials` touches it. */
  providerCredentials: defineTable({
    orgId: v.id("organizations"),
    providerConfigId: v.id("providerConfigs"),
    field: v.string(),
    envelope: v.string(),
    /** Rises with every new secret; sealing the same one anew leaves it. */
    version: v.number(),
    /** The key that the envelope names; rows of before this field are found by its absence. */
    keyId: v.optional(v.string()),
    /** Of tokens: who is fetching new ones, or how the last attempt failed. */
    refresh: v.optional(refreshState),
    /** Set when the account is disconnected and only its revocation still needs the secret: gone by then at the latest. */
    forgetAt: v.optional(v.number()),
  })
    .index("by_providerConfigId_field", ["providerConfigId", "field"])
    .index("by_keyId", ["keyId"])
    .index("by_forgetAt", ["forgetAt"]),

  /** One authorization in flight. Written when a browser is sent to a provider, removed when it comes back, swept when over. */
  oauthStates: defineTable({
    orgId: v.id("organizations"),
    ownerUserId: v.id("users"),
    provider: v.string(),
    /** SHA-256 of the state, base64url. */
    stateHash: v.string(),
    /** The browser session that began it, as a hash. */
    session: v.string(),
    /** The PKCE verifier, sealed. */
    verifier: v.string(),
    /** As it was sent to the provider: the exchange must repeat it. */
    redirectUri: v.string(),
    /** The page to come back to. */
    returnTo: v.string(),
    /** The account that is to be reconnected; null connects whichever is chosen. */
    reconnects: v.union(v.id("providerConfigs"), v.null()),
    expiresAt: v.number(),
  })
    .index("by_stateHash", ["stateHash"])
    .index("by_expiresAt", ["expiresAt"]),
};
