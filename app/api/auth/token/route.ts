import { NextResponse } from "next/server";
import { api } from "@/convex/_generated/api";
import { signAccessToken } from "@/lib/auth/access-token";
import { SESSION_COOKIE } from "@/lib/auth/session-cookie";
import { serverQuery } from "../../convex-server";
import { problem } from "../../json-form";
import { withoutLocalAccounts } from "../local-only";
import { currentTokenHash, unavailable } from "../session";

/** A fresh access token for the session of this browser. */
export async function GET(): Promise<Response> {
  const nowhere = withoutLocalAccounts();
  if (nowhere !== null) return nowhere;
  const tokenHash = await currentTokenHash();
  if (tokenHash === null) return problem(401, "Sign in to go on.");
  try {
    const person = await serverQuery(api.accounts.sessions.resolve, { tokenHash });
    if (person === null) {
      const response = problem(401, "This session is over. Sign in again.");
      response.cookies.delete(SESSION_COOKIE);
      return response;
    }
    const privateKey = process.env.LOCAL_AUTH_PRIVATE_KEY;
    const issuer = process.env.LOCAL_AUTH_ISSUER;
    if (!privateKey || !issuer) {
      throw new Error("LOCAL_AUTH_PRIVATE_KEY and LOCAL_AUTH_ISSUER must be set; npm start makes them.");
    }
    const token = await signAccessToken({ privateKey, issuer }, person, Date.now());
    return NextResponse.json({ token }, { headers: { "cache-control": "no-store" } });
  } catch (error) {
    return unavailable(error);
  }
}
