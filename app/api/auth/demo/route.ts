import { NextResponse } from "next/server";
import { api } from "@/convex/_generated/api";
import { hashSessionToken } from "@/lib/auth/session-token";
import { serverAction } from "../../convex-server";
import { isSameOrigin, problem } from "../../json-form";
import { withoutLocalAccounts } from "../local-only";
import { localToken } from "../local-token";
import { callerAddress, currentTokenHash, isSecure, setSession, unavailable } from "../session";

/** Makes a workspace with the stand-ins' accounts connected and signs the browser in; `next` is where to go then. */
export async function POST(request: Request): Promise<Response> {
  const nowhere = withoutLocalAccounts();
  if (nowhere !== null) return nowhere;
  if (!isSameOrigin(request)) return problem(403, "This request did not come from LinearTime's own page.");
  try {
    const outcome = await serverAction(api.accounts.demo.begin, {
      address: await callerAddress(),
      previousTokenHash: await currentTokenHash(),
    });
    if (!outcome.ok && outcome.reason === "absent") return problem(404, "There is no demo here.");
    if (!outcome.ok) {
      const retryAfter = { "retry-after": String(Math.ceil(outcome.retryAfterMs / 1000)) };
      return problem(429, "Many people are trying the demo. Try again in an hour.", null, retryAfter);
    }
    const next = (await connectAccounts(outcome.sessionToken)) ? "/calendar" : "/connections?oauth=provider_unavailable";
    return setSession(NextResponse.json({ ok: true, next }), outcome.sessionToken, isSecure(request));
  } catch (error) {
    return unavailable(error);
  }
}

/** False where no account could be connected: the workspace is there, and says so. */
async function connectAccounts(sessionToken: string): Promise<boolean> {
  try {
    const token = await localToken(hashSessionToken(sessionToken));
    if (token === null) return false;
    return (await serverAction(api.connections.oauth.demo.connect, {}, token)) > 0;
  } catch (error) {
    console.error("The demo's accounts could not be connected:", error instanceof Error ? error.message : "unknown");
    return false;
  }
}
