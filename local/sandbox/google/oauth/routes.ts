import { type Answer, formOf, json, type SandboxRequest } from "../../serving/exchange";
import { type Route } from "../../serving/router";
import { oauthError } from "../refusals";
import { type Authorizations } from "./authorize";
import { keySet, profileOf } from "./identity";
import { answerToken, type TokenDeps } from "./token-endpoint";

/** Google's own paths, of several hosts, under the one prefix that the sandbox gives Google. */
const AUTHORIZE = "/o/oauth2/v2/auth";
const DECIDE = "/o/oauth2/v2/auth/decision";

/** Everything of OAuth and OpenID Connect. */
export function oauthRoutes(prefix: string, authorizations: Authorizations, deps: TokenDeps): Route[] {
  const decisionPath = `${prefix}${DECIDE}`;
  const at = (method: Route["method"], path: string, kind: Route["kind"], handle: Route["handle"]): Route => ({ method, pattern: `${prefix}${path}`, kind, handle });
  return [
    at("GET", AUTHORIZE, "oauth.authorize", (request) => authorizations.begin(request, decisionPath)),
    at("POST", DECIDE, "oauth.decide", (request) => authorizations.decide(new URLSearchParams(request.body.toString("utf8")))),
    at("POST", "/token", (request) => `oauth.token.${formOf(request).get("grant_type") ?? "unknown"}`, (request) => answerToken(request, deps)),
    at("POST", "/revoke", "oauth.revoke", (request) => revoke(request, deps)),
    at("GET", "/tokeninfo", "oauth.tokeninfo", (request) => tokenInfo(request.url.searchParams.get("access_token") ?? "", deps)),
    at("POST", "/tokeninfo", "oauth.tokeninfo", (request) => tokenInfo(bearerOf(request), deps)),
    ...["/v1/userinfo", "/oauth2/v2/userinfo", "/oauth2/v3/userinfo"].map((path) =>
      at("GET", path, "oauth.userinfo", (request) => userInfo(request, path.includes("/v2/") ? "id" : "sub", deps)),
    ),
    at("GET", "/oauth2/v1/certs", "oauth.certs", async () => {
      const { kid, publicKey } = await deps.key();
      return json(200, { [kid]: publicKey });
    }),
    at("GET", "/oauth2/v3/certs", "oauth.certs", async () => json(200, await keySet(await deps.key()))),
    at("GET", "/.well-known/openid-configuration", "oauth.metadata", () => json(200, metadata(deps.issuer()))),
  ];
}

function revoke(request: SandboxRequest, { grants }: TokenDeps): Answer {
  const token = request.url.searchParams.get("token") ?? formOf(request).get("token");
  if (token === undefined || token === "") return oauthError(400, "invalid_request", "Missing required parameter: token");
  return grants.revokeByToken(token) ? json(200, {}) : oauthError(400, "invalid_token", "Token expired or revoked");
}

function tokenInfo(token: string, { accounts, grants, now }: TokenDeps): Answer {
  const known = grants.accessTokenOf(token);
  const account = known === null ? undefined : accounts.byId(known.grant.accountId);
  if (known === null || account === undefined) return oauthError(400, "invalid_token", "Invalid Value");
  const { clientId } = known.grant;
  return json(200, {
    azp: clientId,
    aud: clientId,
    sub: account.id,
    scope: known.scopes.join(" "),
    exp: String(Math.floor(known.expiresAt / 1000)),
    expires_in: String(Math.floor((known.expiresAt - now()) / 1000)),
    access_type: "offline",
    ...profileOf(account, known.scopes.filter((scope) => scope.includes("email"))),
  });
}

function userInfo(request: SandboxRequest, idName: "sub" | "id", { accounts, grants }: TokenDeps): Answer {
  const known = grants.accessTokenOf(bearerOf(request));
  const account = known === null ? undefined : accounts.byId(known.grant.accountId);
  if (known === null || account === undefined) return oauthError(401, "invalid_request", "Invalid Credentials");
  return json(200, { [idName]: account.id, ...profileOf(account, known.scopes) });
}

function bearerOf(request: SandboxRequest): string {
  return /^Bearer (.+)$/i.exec(request.headers.authorization ?? "")?.[1] ?? "";
}

/** RFC 8414 and OpenID Connect Discovery, for what is here. */
function metadata(issuer: string): Record<string, unknown> {
  return {
    issuer,
    authorization_endpoint: `${issuer}${AUTHORIZE}`,
    token_endpoint: `${issuer}/token`,
    userinfo_endpoint: `${issuer}/v1/userinfo`,
    revocation_endpoint: `${issuer}/revoke`,
    jwks_uri: `${issuer}/oauth2/v3/certs`,
    response_types_supported: ["code"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256"],
    scopes_supported: ["openid", "email", "profile"],
    token_endpoint_auth_methods_supported: ["client_secret_post", "client_secret_basic"],
    claims_supported: ["aud", "email", "email_verified", "exp", "family_name", "given_name", "iat", "iss", "name", "sub"],
    code_challenge_methods_supported: ["plain", "S256"],
    grant_types_supported: ["authorization_code", "refresh_token"],
    authorization_response_iss_parameter_supported: true,
  };
}
