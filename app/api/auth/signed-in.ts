import { authModeOf } from "@/lib/auth/auth-mode";
import { localToken } from "./local-token";
import { currentTokenHash } from "./session";

/** The person of the browser that sent a request. */
export interface SignedIn {
  /** Their access token for the deployment. */
  token: string;
  /** Stands for this browser's session; tells nothing about its cookie. */
  session: string;
}

/** Who is signed in in this browser, either way; null when nobody is. With Clerk, its middleware has run before. */
export async function signedIn(): Promise<SignedIn | null> {
  return authModeOf(process.env) === "clerk" ? await withClerk() : await withLocalAccount();
}

async function withLocalAccount(): Promise<SignedIn | null> {
  const session = await currentTokenHash();
  const token = session === null ? null : await localToken(session);
  return session === null || token === null ? null : { token, session };
}

async function withClerk(): Promise<SignedIn | null> {
  const { auth } = await import("@clerk/nextjs/server");
  const { sessionId, sessionClaims, getToken } = await auth();
  if (sessionId === null) return null;
  // As in the browser: with Clerk's Convex integration the session's own token is one, otherwise there is a template.
  const token = await getToken(sessionClaims.aud === "convex" ? {} : { template: "convex" });
  return token === null ? null : { token, session: sessionId };
}
