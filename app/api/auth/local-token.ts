import { api } from "@/convex/_generated/api";
import { signAccessToken } from "@/lib/auth/access-token";
import { serverQuery } from "../convex-server";

/** A fresh access token for a local session, by the hash of its cookie; null when the session is over. */
export async function localToken(tokenHash: string): Promise<string | null> {
  const person = await serverQuery(api.accounts.sessions.resolve, { tokenHash });
  if (person === null) return null;
  const privateKey = process.env.LOCAL_AUTH_PRIVATE_KEY;
  const issuer = process.env.LOCAL_AUTH_ISSUER;
  if (!privateKey || !issuer) {
    throw new Error("LOCAL_AUTH_PRIVATE_KEY and LOCAL_AUTH_ISSUER must be set; npm start makes them.");
  }
  return await signAccessToken({ privateKey, issuer }, person, Date.now());
}
