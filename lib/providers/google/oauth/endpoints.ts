import type { OAuth2ClientOptions } from "google-auth-library";

/** Where Google's OAuth is, and by which names it calls itself. */
export type GoogleEndpoints = Pick<OAuth2ClientOptions, "endpoints"> & { issuers: string[] };

/** Google itself: the addresses are those that its client library knows. */
const GOOGLE: GoogleEndpoints = { issuers: ["https://accounts.google.com", "accounts.google.com"] };

/** Google's addresses; with `GOOGLE_SANDBOX_URL`, those of the stand-in that runs there. */
export function googleEndpoints(environment: Readonly<Record<string, string | undefined>>): GoogleEndpoints {
  const sandbox = environment["GOOGLE_SANDBOX_URL"];
  if (!sandbox) return GOOGLE;
  const google = `${sandbox.replace(/\/$/, "")}/google`;
  return {
    issuers: [google],
    endpoints: {
      oauth2AuthBaseUrl: `${google}/o/oauth2/v2/auth`,
      oauth2TokenUrl: `${google}/token`,
      oauth2RevokeUrl: `${google}/revoke`,
      tokenInfoUrl: `${google}/tokeninfo`,
      oauth2FederatedSignonPemCertsUrl: `${google}/oauth2/v1/certs`,
      oauth2FederatedSignonJwkCertsUrl: `${google}/oauth2/v3/certs`,
    },
  };
}
