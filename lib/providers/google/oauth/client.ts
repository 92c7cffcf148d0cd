import { OAuth2Client, type Credentials } from "google-auth-library";
import type { GoogleEndpoints } from "./endpoints";

/** The application's own key at Google. */
export interface GoogleClientKey {
  clientId: string;
  clientSecret: string;
}

/** A token call is small: what takes longer hangs. */
const TIMEOUT_MS = 10_000;

/**
 * Google's own client. It tries nothing twice: a refresh whose answer was lost must not be sent again by somebody
 * who does not know that the first one may have ended the old token.
 */
export class GoogleOAuthClient extends OAuth2Client {
  constructor(key: GoogleClientKey, { issuers, endpoints }: GoogleEndpoints, fetch: typeof globalThis.fetch) {
    super({
      ...key,
      issuers,
      ...(endpoints === undefined ? {} : { endpoints }),
      transporterOptions: { timeout: TIMEOUT_MS, fetchImplementation: fetch, redirect: "error", responseType: "json" },
    });
    this.transporter.interceptors.request.add({
      resolved: (config) => Promise.resolve({ ...config, retry: false, retryConfig: { retry: 0 } }),
    });
  }

  /** The answer to a refresh as it came: the public way puts the old refresh token over a new one. */
  async renew(refreshToken: string): Promise<Credentials> {
    return (await this.refreshTokenNoCache(refreshToken)).tokens;
  }
}
