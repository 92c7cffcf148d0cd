import type { FunctionReturnType } from "convex/server";
import { cookies, headers } from "next/headers";
import { NextResponse } from "next/server";
import type { api } from "@/convex/_generated/api";
import { SESSION_COOKIE, SESSION_COOKIE_MAX_AGE_S } from "@/lib/auth/session-cookie";
import { hashSessionToken } from "@/lib/auth/session-token";
import { problem } from "../json-form";

type Outcome = FunctionReturnType<typeof api.accounts.password.signIn>;

const STATUS = { invalid: 400, taken: 409, refused: 401, limited: 429 } as const;

/** Hash of the session this browser has, or null. */
export async function currentTokenHash(): Promise<string | null> {
  const token = (await cookies()).get(SESSION_COOKIE)?.value;
  return token ? hashSessionToken(token) : null;
}

/** Whom an attempt is counted for: the address of the browser, as the nearest proxy saw it. */
export async function callerAddress(): Promise<string> {
  const forwarded = (await headers()).get("x-forwarded-for");
  return forwarded?.split(",").at(-1)?.trim() || "unknown";
}

/** Turns what Convex said of a sign-in or sign-up into the answer, with the session's cookie. */
export async function answer(outcome: Outcome, secure: boolean): Promise<NextResponse> {
  if (!outcome.ok) {
    const { retryAfterMs } = outcome;
    return problem(
      STATUS[outcome.reason],
      outcome.message,
      outcome.field,
      retryAfterMs === null ? undefined : { "retry-after": String(Math.ceil(retryAfterMs / 1000)) },
    );
  }
  return setSession(NextResponse.json({ ok: true }), outcome.sessionToken, secure);
}

/** Gives the browser its session's cookie with an answer. */
export function setSession(response: NextResponse, sessionToken: string, secure: boolean): NextResponse {
  response.cookies.set(SESSION_COOKIE, sessionToken, {
    httpOnly: true,
    sameSite: "lax",
    secure,
    path: "/",
    maxAge: SESSION_COOKIE_MAX_AGE_S,
  });
  return response;
}

/** True where the browser reached us over https, also through a proxy. */
export function isSecure(request: Request): boolean {
  return (
    request.headers.get("x-forwarded-proto") === "https" || new URL(request.url).protocol === "https:"
  );
}

/** The backend cannot be reached: nothing was lost, the form can be sent again. */
export function unavailable(error: unknown): NextResponse {
  console.error("Convex could not be reached:", error instanceof Error ? error.message : error);
  return problem(503, "LinearTime cannot reach its backend right now. Try again in a moment.");
}
