import type { Credentials } from "google-auth-library";
import { z } from "zod";
import type { TokenSet } from "../../oauth";

/** Of a token answer what is used; `expiry_date` is the library's, from `expires_in`. */
const tokenAnswer = z.object({
  access_token: z.string().min(1),
  expiry_date: z.number(),
  refresh_token: z.string().min(1).optional(),
  scope: z.string().optional(),
  id_token: z.string().optional(),
});
export type TokenAnswer = z.infer<typeof tokenAnswer>;

/** The answer of the token endpoint; null where it is none: not JSON, or without a token or its lifetime. */
export function readTokens(credentials: Credentials): TokenAnswer | null {
  const parsed = tokenAnswer.safeParse(credentials);
  return parsed.success ? parsed.data : null;
}

/**
 * What to keep of an answer. The refresh token is the new one where the answer brings one: the library's own
 * refreshing forgets it. `scopes` counts where the answer names none (RFC 6749 §5.1: they are those asked for).
 */
export function tokensToKeep(answer: TokenAnswer, kept: { refreshToken: string; scopes: string[] }): TokenSet {
  return {
    accessToken: answer.access_token,
    accessTokenExpiresAt: answer.expiry_date,
    refreshToken: answer.refresh_token ?? kept.refreshToken,
    scopes: answer.scope === undefined ? kept.scopes : answer.scope.split(" ").filter((scope) => scope !== ""),
  };
}
