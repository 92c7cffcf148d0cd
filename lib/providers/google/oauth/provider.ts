import { CodeChallengeMethod } from "google-auth-library";
import type { AuthorizationRequest, ExchangeRequest, ExchangeResult, OAuthProvider } from "../../oauth";
import type { ProviderFailure } from "../../port";
import { readTokens, tokensToKeep } from "./answers";
import { GoogleOAuthClient, type GoogleClientKey } from "./client";
import type { GoogleEndpoints } from "./endpoints";
import { oauthFailure, unreadableAnswer } from "./failures";
import { isEnough, REQUESTED_SCOPES } from "./scopes";

interface GoogleOAuthDeps {
  /** Stands in for the network. */
  fetch?: typeof globalThis.fetch;
  now?: () => number;
}

/** Signing in to Google (developers.google.com/identity/protocols/oauth2/web-server), through Google's own client. */
export function googleOAuth(key: GoogleClientKey, endpoints: GoogleEndpoints, deps: GoogleOAuthDeps = {}): OAuthProvider {
  const { now = Date.now } = deps;
  const client = new GoogleOAuthClient(key, endpoints, deps.fetch ?? globalThis.fetch);
  return {
    scopes: REQUESTED_SCOPES,
    authorizationUrl: (request) => authorizationUrl(client, request),
    async exchange(request) {
      if (request.issuer !== null && !endpoints.issuers.includes(request.issuer)) return WRONG_ISSUER;
      try {
        return await exchange(client, key.clientId, request);
      } catch (thrown) {
        return ofCode(oauthFailure(thrown, now()));
      }
    },
    async refresh(refreshToken) {
      try {
        const answer = readTokens(await client.renew(refreshToken));
        if (answer === null) return unreadableAnswer();
        return { kind: "tokens", tokens: tokensToKeep(answer, { refreshToken, scopes: [...REQUESTED_SCOPES] }) };
      } catch (thrown) {
        return oauthFailure(thrown, now());
      }
    },
    async revoke(refreshToken) {
      try {
        await client.revokeToken(refreshToken);
        return { kind: "revoked" };
      } catch (thrown) {
        const failure = oauthFailure(thrown, now());
        return failure.code === "invalid_token" || failure.code === "invalid_grant" ? { kind: "revoked" } : failure;
      }
    },
  };
}

function authorizationUrl(client: GoogleOAuthClient, { state, codeChallenge, redirectUri, loginHint }: AuthorizationRequest): string {
  return client.generateAuthUrl({
    access_type: "offline",
    // Only a new consent brings a refresh token for somebody who has consented before.
    prompt: "consent",
    scope: [...REQUESTED_SCOPES],
    state,
    redirect_uri: redirectUri,
    code_challenge: codeChallenge,
    code_challenge_method: CodeChallengeMethod.S256,
    ...(loginHint === null ? {} : { login_hint: loginHint }),
  });
}

async function exchange(
  client: GoogleOAuthClient,
  clientId: string,
  { code, codeVerifier, redirectUri }: ExchangeRequest,
): Promise<ExchangeResult> {
  const { tokens: credentials } = await client.getToken({ code, codeVerifier, redirect_uri: redirectUri });
  const answer = readTokens(credentials);
  if (answer?.id_token === undefined) return unreadableAnswer();
  const { refresh_token: refreshToken } = answer;
  if (refreshToken === undefined) return NO_REFRESH_TOKEN;
  const tokens = tokensToKeep(answer, { refreshToken, scopes: [...REQUESTED_SCOPES] });
  if (!isEnough(tokens.scopes)) return SCOPE_MISSING;
  const account = await identify(client, answer.id_token, clientId);
  return account === null ? NOT_IDENTIFIED : { kind: "tokens", tokens, account };
}

/** Whose tokens they are, by an ID token with Google's signature, issuer and our audience; null where it does not hold. */
async function identify(client: GoogleOAuthClient, idToken: string, audience: string): Promise<{ subject: string; email: string } | null> {
  // Fetching the keys may fail, and then says so; what does not verify is another matter.
  await client.getFederatedSignonCertsAsync();
  const ticket = await client.verifyIdToken({ idToken, audience }).catch(() => null);
  const { sub, email } = ticket?.getPayload() ?? {};
  return sub === undefined || email === undefined ? null : { subject: sub, email };
}

/** A refused code is nothing that a connected account could have lost. */
function ofCode(failure: ProviderFailure): ProviderFailure {
  if (failure.kind !== "authRevoked") return failure;
  return { ...failure, kind: "rejected", code: "code_refused", action: BEGIN_AGAIN };
}

const BEGIN_AGAIN = "Begin again: each sign-in counts once and for a few minutes.";

const WRONG_ISSUER: ProviderFailure = {
  kind: "rejected",
  code: "wrong_issuer",
  message: "The answer did not come from Google.",
  action: "Begin again from LinearTime’s own page.",
};

const SCOPE_MISSING: ProviderFailure = {
  kind: "rejected",
  code: "scope_missing",
  message: "Google was not allowed to show LinearTime your calendars and their events.",
  action: "Connect again and leave all boxes ticked.",
};

const NO_REFRESH_TOKEN: ProviderFailure = {
  kind: "rejected",
  code: "no_refresh_token",
  message: "Google gave no lasting permission.",
  action: "Remove LinearTime from the third-party access of your Google account, then connect again.",
};

const NOT_IDENTIFIED: ProviderFailure = {
  kind: "rejected",
  code: "not_identified",
  message: "Google’s answer does not prove whose account it is.",
  action: "Begin again. If it stays like this, tell whoever runs LinearTime.",
};
