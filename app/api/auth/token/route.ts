import { NextResponse } from "next/server";
import { SESSION_COOKIE } from "@/lib/auth/session-cookie";
import { problem } from "../../json-form";
import { withoutLocalAccounts } from "../local-only";
import { localToken } from "../local-token";
import { currentTokenHash, unavailable } from "../session";

/** A fresh access token for the session of this browser. */
export async function GET(): Promise<Response> {
  const nowhere = withoutLocalAccounts();
  if (nowhere !== null) return nowhere;
  const tokenHash = await currentTokenHash();
  if (tokenHash === null) return problem(401, "Sign in to go on.");
  try {
    const token = await localToken(tokenHash);
    if (token === null) {
      const response = problem(401, "This session is over. Sign in again.");
      response.cookies.delete(SESSION_COOKIE);
      return response;
    }
    return NextResponse.json({ token }, { headers: { "cache-control": "no-store" } });
  } catch (error) {
    return unavailable(error);
  }
}
