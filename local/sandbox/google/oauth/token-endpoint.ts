import { type Account, type Accounts } from "../../accounts";
import { type Answer, formOf, json, type SandboxRequest } from "../../serving/exchange";
import { oauthError } from "../refusals";
import { type GoogleSettings } from "../settings";
import { type OAuthClient } from "./clients";
import { type Grants, verifierFits } from "./grants";
import { signIdToken, type SigningKey } from "./identity";

export interface TokenDeps {
  accounts: Accounts;
  grants: Grants;
  clients: readonly OAuthClient[];
  /** Made when it is first needed: that takes a while. */
  key(): Promise<SigningKey>;
  issuer(): string;
  settings(): GoogleSettings;
  now(): number;
}

/** Answers the token endpoint, for both kinds of grant that a web server uses. */
export async function answerToken(request: SandboxRequest, deps: TokenDeps): Promise<Answer> {
  const form = formOf(request);
  const client = authenticated(request, form, deps.clients);
  if (client === null) return oauthError(401, "invalid_client", "The OAuth client was not found or its secret is wrong.");
  switch (form.get("grant_type")) {
    case "authorization_code":
      return exchange(form, client, deps);
    case "refresh_token":
      return refresh(form, client, deps);
    default:
      return oauthError(400, "unsupported_grant_type", `Invalid grant_type: ${form.get("grant_type") ?? ""}`);
  }
}

async function exchange(form: Map<string, string>, client: OAuthClient, deps: TokenDeps): Promise<Answer> {
  const code = deps.grants.redeem(form.get("code") ?? "", client.id);
  const account = code === null ? undefined : deps.accounts.byId(code.accountId);
  if (code === null || account === undefined) return oauthError(400, "invalid_grant", "Malformed auth code.");
  if (form.get("redirect_uri") !== code.redirectUri) return oauthError(400, "redirect_uri_mismatch", "Bad Request");
  const verifier = form.get("code_verifier");
  if (code.codeChallenge !== null && verifier === undefined) return oauthError(400, "invalid_grant", "Missing code verifier.");
  if (code.codeChallenge !== null && !verifierFits(code.codeChallenge, verifier ?? "")) {
    return oauthError(400, "invalid_grant", "Invalid code verifier.");
  }
  const grant = deps.grants.allow(code.accountId, client.id, code.scopes);
  const refreshToken = code.offline ? { refresh_token: deps.grants.issueRefreshToken(grant.id, code.scopes) } : {};
  return json(200, { ...(await accessTokens(grant.id, account, code.scopes, code.nonce, client, deps)), ...refreshToken });
}

async function refresh(form: Map<string, string>, client: OAuthClient, deps: TokenDeps): Promise<Answer> {
  const token = form.get("refresh_token") ?? "";
  const known = deps.grants.refreshTokenOf(token, client.id);
  const account = known === null ? undefined : deps.accounts.byId(known.grant.accountId);
  if (known === null || account === undefined) return oauthError(400, "invalid_grant", "Token has been expired or revoked.");
  let rotated = {};
  if (deps.settings().rotateRefreshTokens) {
    deps.grants.endRefreshToken(token);
    rotated = { refresh_token: deps.grants.issueRefreshToken(known.grant.id, known.scopes) };
  }
  return json(200, { ...(await accessTokens(known.grant.id, account, known.scopes, null, client, deps)), ...rotated });
}

async function accessTokens(
  grantId: string,
  account: Account,
  scopes: readonly string[],
  nonce: string | null,
  client: OAuthClient,
  deps: TokenDeps,
): Promise<Record<string, unknown>> {
  const lifetime = deps.settings().accessTokenSeconds;
  const facts = { issuer: deps.issuer(), clientId: client.id, nonce, now: deps.now() };
  return {
    access_token: deps.grants.issueAccessToken(grantId, scopes, lifetime),
    expires_in: lifetime,
    scope: scopes.join(" "),
    token_type: "Bearer",
    ...(scopes.includes("openid") ? { id_token: await signIdToken(await deps.key(), account, scopes, facts) } : {}),
  };
}

/** The client by its secret, in the form or as Basic authentication (RFC 6749 §2.3.1). */
function authenticated(request: SandboxRequest, form: Map<string, string>, clients: readonly OAuthClient[]): OAuthClient | null {
  const basic = /^Basic (.+)$/i.exec(request.headers.authorization ?? "")?.[1];
  const [id = "", secret = ""] =
    basic === undefined ? [form.get("client_id"), form.get("client_secret")] : Buffer.from(basic, "base64").toString("utf8").split(":");
  return clients.find((client) => client.id === id && client.secret === secret) ?? null;
}
