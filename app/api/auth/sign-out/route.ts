import { NextResponse } from "next/server";
import { api } from "@/convex/_generated/api";
import { SESSION_COOKIE } from "@/lib/auth/session-cookie";
import { serverMutation } from "../../convex-server";
import { isSameOrigin, problem } from "../../json-form";
import { currentTokenHash, unavailable } from "../session";

export async function POST(request: Request): Promise<Response> {
  if (!isSameOrigin(request)) return problem(403, "This request did not come from LinearTime's own page.");
  const tokenHash = await currentTokenHash();
  try {
    if (tokenHash !== null) await serverMutation(api.accounts.sessions.end, { tokenHash });
  } catch (error) {
    return unavailable(error);
  }
  const response = NextResponse.json({ ok: true });
  response.cookies.delete(SESSION_COOKIE);
  return response;
}
