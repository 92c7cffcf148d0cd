import { createHash, randomBytes } from "node:crypto";

/** What one person allowed one client. Revoking any token of it ends all of it, as at Google. */
export interface Grant {
  id: string;
  accountId: string;
  clientId: string;
  scopes: string[];
}

export interface AuthorizationCode {
  code: string;
  accountId: string;
  clientId: string;
  redirectUri: string;
  scopes: string[];
  nonce: string | null;
  codeChallenge: { value: string; method: "S256" | "plain" } | null;
  offline: boolean;
  expiresAt: number;
  used: boolean;
}

interface RefreshToken {
  token: string;
  grantId: string;
  scopes: string[];
}

interface AccessToken extends RefreshToken {
  expiresAt: number;
}

export interface GrantsState {
  grants: Grant[];
  codes: AuthorizationCode[];
  refreshTokens: RefreshToken[];
  accessTokens: AccessToken[];
}

export const NO_GRANTS: GrantsState = { grants: [], codes: [], refreshTokens: [], accessTokens: [] };

const CODE_LIFETIME_MS = 600_000;

const secret = (prefix: string, bytes: number): string => `${prefix}${randomBytes(bytes).toString("base64url")}`;

/**
 * Codes, tokens and what they stand for. Tokens are random even where everything else is seeded: they are compared
 * by whoever holds them, never by a test.
 */
export class Grants {
  constructor(
    private readonly state: GrantsState,
    private readonly now: () => number,
  ) {}

  snapshot(): GrantsState {
    const now = this.now();
    this.state.codes = this.state.codes.filter(({ expiresAt }) => expiresAt > now);
    this.state.accessTokens = this.state.accessTokens.filter(({ expiresAt }) => expiresAt > now);
    return this.state;
  }

  /** Whether this person has already allowed the client something: then Google gives no second refresh token unasked. */
  has(accountId: string, clientId: string): boolean {
    return this.find(accountId, clientId) !== undefined;
  }

  /** What this person has allowed the client so far. */
  scopesOf(accountId: string, clientId: string): readonly string[] {
    return this.find(accountId, clientId)?.scopes ?? [];
  }

  issueCode(code: Omit<AuthorizationCode, "code" | "expiresAt" | "used">): string {
    const issued = { ...code, code: secret("4/0A", 48), expiresAt: this.now() + CODE_LIFETIME_MS, used: false };
    this.state.codes.push(issued);
    return issued.code;
  }

  /** The code, once: the second time it is gone. Null where it is unknown, used, expired or another client's. */
  redeem(code: string, clientId: string): AuthorizationCode | null {
    const found = this.state.codes.find((each) => each.code === code && each.clientId === clientId);
    if (found === undefined || found.used || found.expiresAt <= this.now()) return null;
    found.used = true;
    return found;
  }

  /** Adds to what was allowed before: Google shows earlier scopes with `include_granted_scopes` only, but keeps one grant. */
  allow(accountId: string, clientId: string, scopes: readonly string[]): Grant {
    const existing = this.find(accountId, clientId);
    if (existing !== undefined) {
      existing.scopes = [...new Set([...existing.scopes, ...scopes])];
      return existing;
    }
    const grant = { id: secret("", 12), accountId, clientId, scopes: [...scopes] };
    this.state.grants.push(grant);
    return grant;
  }

  issueAccessToken(grantId: string, scopes: readonly string[], lifetimeSeconds: number): string {
    const token = secret("ya29.", 96);
    this.state.accessTokens.push({ token, grantId, scopes: [...scopes], expiresAt: this.now() + lifetimeSeconds * 1000 });
    return token;
  }

  issueRefreshToken(grantId: string, scopes: readonly string[]): string {
    const token = secret("1//0", 60);
    this.state.refreshTokens.push({ token, grantId, scopes: [...scopes] });
    return token;
  }

  refreshTokenOf(token: string, clientId: string): { grant: Grant; scopes: readonly string[] } | null {
    const found = this.state.refreshTokens.find((each) => each.token === token);
    const grant = found === undefined ? undefined : this.grantOf(found.grantId);
    return found === undefined || grant?.clientId !== clientId ? null : { grant, scopes: found.scopes };
  }

  /** The token is worth nothing from now on; its grant stands. */
  endRefreshToken(token: string): void {
    this.state.refreshTokens = this.state.refreshTokens.filter((each) => each.token !== token);
  }

  accessTokenOf(token: string): { grant: Grant; scopes: readonly string[]; expiresAt: number } | null {
    const found = this.state.accessTokens.find((each) => each.token === token && each.expiresAt > this.now());
    const grant = found === undefined ? undefined : this.grantOf(found.grantId);
    return found === undefined || grant === undefined ? null : { grant, scopes: found.scopes, expiresAt: found.expiresAt };
  }

  /** Ends the grant that any of its tokens names. False where there is none. */
  revokeByToken(token: string): boolean {
    const found = [...this.state.refreshTokens, ...this.state.accessTokens].find((each) => each.token === token);
    if (found === undefined || this.grantOf(found.grantId) === undefined) return false;
    this.revoke([found.grantId]);
    return true;
  }

  /** Ends everything a person allowed to anybody. Returns how many grants that were. */
  revokeAccount(accountId: string): number {
    const ids = this.state.grants.filter((grant) => grant.accountId === accountId).map(({ id }) => id);
    this.revoke(ids);
    return ids.length;
  }

  /** Access tokens of the account are refused from now on; refresh tokens go on. */
  expireAccessTokens(accountId: string): void {
    this.state.accessTokens = this.state.accessTokens.filter(({ grantId }) => this.grantOf(grantId)?.accountId !== accountId);
  }

  private find(accountId: string, clientId: string): Grant | undefined {
    return this.state.grants.find((grant) => grant.accountId === accountId && grant.clientId === clientId);
  }

  private grantOf(id: string): Grant | undefined {
    return this.state.grants.find((grant) => grant.id === id);
  }

  private revoke(ids: readonly string[]): void {
    this.state.grants = this.state.grants.filter(({ id }) => !ids.includes(id));
    this.state.refreshTokens = this.state.refreshTokens.filter(({ grantId }) => !ids.includes(grantId));
    this.state.accessTokens = this.state.accessTokens.filter(({ grantId }) => !ids.includes(grantId));
  }
}

/** RFC 7636 §4.6. */
export function verifierFits(challenge: { value: string; method: "S256" | "plain" }, verifier: string): boolean {
  const derived = challenge.method === "plain" ? verifier : createHash("sha256").update(verifier).digest("base64url");
  return derived === challenge.value;
}
