import { googleEndpoints } from "./google/oauth/endpoints";
import { googleOAuth } from "./google/oauth/provider";
import type { OAuthProvider } from "./oauth";

/** Environment variables of the deployment. */
type Environment = Readonly<Record<string, string | undefined>>;

const OAUTH_PROVIDERS: Readonly<Record<string, (environment: Environment) => OAuthProvider | null>> = {
  google: (environment) => {
    const { GOOGLE_CLIENT_ID: clientId, GOOGLE_CLIENT_SECRET: clientSecret } = environment;
    if (!clientId || !clientSecret) return null;
    return googleOAuth({ clientId, clientSecret }, googleEndpoints(environment));
  },
};

/** How people sign in to a provider; null where it is unknown, or this deployment has no keys for it. Needs Node. */
export function openOAuth(provider: string, environment: Environment): OAuthProvider | null {
  const open = Object.hasOwn(OAUTH_PROVIDERS, provider) ? OAUTH_PROVIDERS[provider] : undefined;
  return open?.(environment) ?? null;
}
