import { isLoopbackUrl } from "../../serving/loopback";

/** An application that may ask for access. */
export interface OAuthClient {
  id: string;
  secret: string;
  /** Compared letter by letter. Empty: every http address of this machine. */
  redirectUris: readonly string[];
}

/** What `npm start` and tests use where no other client is named: known to everybody, so no secret at all. */
export const SANDBOX_CLIENT: OAuthClient = {
  id: "lineartime-sandbox.apps.googleusercontent.com",
  secret: "sandbox-client-secret",
  redirectUris: [],
};

export function acceptsRedirect(client: OAuthClient, uri: string): boolean {
  if (client.redirectUris.length > 0) return client.redirectUris.includes(uri);
  if (!URL.canParse(uri)) return false;
  const url = new URL(uri);
  return url.protocol === "http:" && isLoopbackUrl(url) && url.hash === "" && url.username === "";
}
