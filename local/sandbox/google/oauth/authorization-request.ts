import { z } from "zod";
import { acceptsRedirect, type OAuthClient } from "./clients";
import { SCOPES } from "./scopes";

/** Somebody who was sent to the consent page. */
export interface AuthorizationRequest {
  client: OAuthClient;
  redirectUri: string;
  scopes: string[];
  state: string | null;
  nonce: string | null;
  /** RFC 7636; null where the client uses no PKCE. */
  codeChallenge: { value: string; method: "S256" | "plain" } | null;
  /** Asks for a refresh token. */
  offline: boolean;
  prompt: readonly string[];
  loginHint: string | null;
}

export type AuthorizationReading =
  | { ok: true; request: AuthorizationRequest }
  /** Shown on a page: where to send the browser back to is not known for sure. */
  | { ok: false; show: { status: number; code: string; message: string } }
  /** Told to the client (RFC 6749 §4.1.2.1). */
  | { ok: false; redirect: { to: string; error: string; description: string; state: string | null } };

const parameters = z.object({
  client_id: z.string().optional(),
  redirect_uri: z.string().optional(),
  response_type: z.string().optional(),
  scope: z.string().default(""),
  state: z.string().optional(),
  nonce: z.string().optional(),
  code_challenge: z.string().optional(),
  code_challenge_method: z.string().optional(),
  access_type: z.string().default("online"),
  prompt: z.string().default(""),
  login_hint: z.string().optional(),
});

/** 43 to 128 unreserved characters (RFC 7636 §4.2). */
const CHALLENGE = /^[A-Za-z0-9._~-]{43,128}$/;

/** Reads the parameters of the authorization endpoint. */
export function readAuthorization(query: URLSearchParams, clients: readonly OAuthClient[]): AuthorizationReading {
  const asked = parameters.parse(Object.fromEntries(query));
  const client = clients.find(({ id }) => id === asked.client_id);
  if (client === undefined) return shown(401, "invalid_client", "The OAuth client was not found.");
  const redirectUri = asked.redirect_uri ?? "";
  if (!acceptsRedirect(client, redirectUri)) {
    return shown(400, "redirect_uri_mismatch", `The redirect URI ${redirectUri === "" ? "is missing" : "is not registered for this client"}.`);
  }
  const refuse = (error: string, description: string): AuthorizationReading => ({
    ok: false,
    redirect: { to: redirectUri, error, description, state: asked.state ?? null },
  });
  if (asked.response_type !== "code") return refuse("unsupported_response_type", "Only response_type=code is supported.");
  const scopes = [...new Set(asked.scope.split(" ").filter((scope) => scope !== ""))];
  if (scopes.length === 0) return refuse("invalid_scope", "Missing required parameter: scope");
  const unknown = scopes.filter((scope) => !Object.hasOwn(SCOPES, scope));
  if (unknown.length > 0) return refuse("invalid_scope", `Some requested scopes were invalid: ${unknown.join(", ")}`);
  const method = asked.code_challenge_method ?? "plain";
  if (asked.code_challenge !== undefined && (!CHALLENGE.test(asked.code_challenge) || (method !== "S256" && method !== "plain"))) {
    return refuse("invalid_request", "Invalid code_challenge or code_challenge_method.");
  }
  return {
    ok: true,
    request: {
      client,
      redirectUri,
      scopes,
      state: asked.state ?? null,
      nonce: asked.nonce ?? null,
      codeChallenge: asked.code_challenge === undefined ? null : { value: asked.code_challenge, method: method === "S256" ? "S256" : "plain" },
      offline: asked.access_type === "offline",
      prompt: asked.prompt.split(" ").filter((each) => each !== ""),
      loginHint: asked.login_hint ?? null,
    },
  };
}

function shown(status: number, code: string, message: string): AuthorizationReading {
  return { ok: false, show: { status, code, message } };
}

/** `redirectUri` with these parameters added to what it already has. */
export function redirectWith(redirectUri: string, added: Readonly<Record<string, string | null>>): string {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(added)) if (value !== null) url.searchParams.set(name, value);
  return url.href;
}
