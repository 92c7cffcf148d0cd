import type { NextFetchEvent, NextRequest } from "next/server";
import { gate } from "@/app/_gate/gate";
import { authModeOf } from "@/lib/auth/auth-mode";
import { clerkPublishableKey } from "@/lib/auth/clerk/keys";
import { SESSION_COOKIE } from "@/lib/auth/session-cookie";

/** Every page passes here, and so do the addresses under `/api` that a browser opens as one. Without Clerk's keys, Clerk is not even loaded. */
export async function middleware(request: NextRequest, event: NextFetchEvent) {
  if (authModeOf(process.env) === "clerk") {
    const publishableKey = clerkPublishableKey(process.env);
    const { clerkGate } = await import("@/app/_gate/clerk-gate");
    return clerkGate(publishableKey)(request, event);
  }
  return gate(request, { signedIn: request.cookies.has(SESSION_COOKIE), clerkHost: null });
}

export const config = {
  matcher: ["/((?!api/|_next/|.*\\.(?:svg|png|ico|woff2|webmanifest|txt)$).*)", "/api/oauth/:path*"],
};
