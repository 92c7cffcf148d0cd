import { clerkMiddleware } from "@clerk/nextjs/server";
import type { NextMiddleware } from "next/server";
import { clerkHostOf } from "@/lib/auth/clerk/publishable-key";
import { gate } from "./gate";

/**
 * The gate with Clerk's session: it renews the session's cookie on the way, which may take a detour over Clerk.
 * This module is loaded only where Clerk signs people in. The secret key is left to Clerk to read: handed over here it
 * would travel on to the pages in a header, and Clerk insists on one more key to seal it with.
 */
export function clerkGate(publishableKey: string): NextMiddleware {
  const clerkHost = clerkHostOf(publishableKey);
  const { CLERK_JWT_KEY: jwtKey } = process.env;
  const withSession = clerkMiddleware(
    async (auth, request) => gate(request, { signedIn: (await auth()).userId !== null, clerkHost }),
    { publishableKey, signInUrl: "/sign-in", signUpUrl: "/sign-up", ...(jwtKey ? { jwtKey } : {}) },
  );
  return async (request, event) => {
    const answer = await withSession(request, event);
    if (answer) letThrough(answer.headers);
    return answer;
  };
}

/**
 * Clerk lets a page through as a rewrite to the page's own address. Next.js writes that address with `localhost`, and
 * then takes it for another server's when it listens on 127.0.0.1: it would call itself for ever.
 */
function letThrough(headers: Headers): void {
  if (!headers.has("x-middleware-rewrite")) return;
  headers.delete("x-middleware-rewrite");
  headers.set("x-middleware-next", "1");
}
