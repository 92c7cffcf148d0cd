import type { ProviderFailure } from "./port";

/** OAuth 2.0 with PKCE (RFC 6749, 7636), as far as providers have it in common. */
export interface OAuthProvider {
  /** What is asked for. */
  readonly scopes: readonly string[];
  /** Where the browser is sent to ask for consent. */
  authorizationUrl(request: AuthorizationRequest): string;
  /** Turns the code that the browser brought back into tokens, and tells whose they are. */
  exchange(request: ExchangeRequest): Promise<ExchangeResult>;
  /** A new access token. Where the provider rotates refresh tokens, the old one is worthless after this. */
  refresh(refreshToken: string): Promise<RefreshResult>;
  /** Withdraws the consent at the provider. Tokens that are worthless already count as revoked. */
  revoke(refreshToken: string): Promise<{ kind: "revoked" } | ProviderFailure>;
}

export interface AuthorizationRequest {
  state: string;
  /** S256 of the verifier, base64url. */
  codeChallenge: string;
  redirectUri: string;
  /** The account to offer first; null lets the person choose. */
  loginHint: string | null;
}

export interface ExchangeRequest {
  code: string;
  codeVerifier: string;
  /** Letter by letter the one of the authorization request. */
  redirectUri: string;
  /** Who says to have sent the browser back (`iss`, RFC 9207); null where the redirect does not say. */
  issuer: string | null;
}

export interface TokenSet {
  accessToken: string;
  /** Epoch milliseconds. */
  accessTokenExpiresAt: number;
  refreshToken: string;
  /** What was allowed, which may be less than what was asked for. */
  scopes: string[];
}

export type ExchangeResult =
  | { kind: "tokens"; tokens: TokenSet; account: { /** The provider's own, lasting id. */ subject: string; email: string } }
  | ProviderFailure;

/** `refreshToken` is the one to keep from now on: a new one, or the one that was sent. */
export type RefreshResult = { kind: "tokens"; tokens: TokenSet } | ProviderFailure;

/**
 * Gives an access token that works for the length of a run. `rejected` is one that the provider took no more: it is
 * replaced, once, however many ask at the same time.
 */
export type AccessTokenSource = (rejected?: string) => Promise<{ kind: "token"; accessToken: string } | ProviderFailure>;
