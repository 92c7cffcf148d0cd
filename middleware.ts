import { NextResponse, type NextRequest } from "next/server";
import { SESSION_COOKIE } from "@/lib/auth/session-cookie";

const SIGNED_OUT_PAGES = ["/sign-in", "/sign-up"];

/**
 * Sends people without a session to the sign-in page, and sets the security headers of every
 * page. Having the cookie proves nothing yet: every Convex function checks who calls.
 */
export function middleware(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  const hasSession = request.cookies.has(SESSION_COOKIE);
  const isSignedOutPage = SIGNED_OUT_PAGES.includes(pathname);
  if (!hasSession && !isSignedOutPage) {
    const target = new URL("/sign-in", request.url);
    if (pathname !== "/") target.searchParams.set("next", pathname + search);
    return NextResponse.redirect(target);
  }
  if (hasSession && isSignedOutPage && !request.nextUrl.searchParams.has("expired")) {
    return NextResponse.redirect(new URL("/calendar", request.url));
  }
  return withSecurityHeaders(request);
}

function withSecurityHeaders(request: NextRequest): NextResponse {
  const nonce = btoa(crypto.randomUUID());
  const policy = contentSecurityPolicy(nonce);
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  response.headers.set("referrer-policy", "same-origin");
  response.headers.set("x-content-type-options", "nosniff");
  response.headers.set("x-frame-options", "DENY");
  if (request.nextUrl.protocol === "https:" || request.headers.get("x-forwarded-proto") === "https") {
    response.headers.set("strict-transport-security", "max-age=63072000");
  }
  return response;
}

/** Pages load nothing from anywhere but here, and speak to Convex alone. */
function contentSecurityPolicy(nonce: string): string {
  const convex = process.env.CONVEX_URL ?? "";
  const development = process.env.NODE_ENV === "development" ? " 'unsafe-eval'" : "";
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self' ${convex} ${convex.replace(/^http/, "ws")}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

export const config = {
  matcher: ["/((?!api/|_next/|.*\\.(?:svg|png|ico|woff2|webmanifest|txt)$).*)"],
};
