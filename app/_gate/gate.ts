import { NextResponse, type NextRequest } from "next/server";
import { pageResponse } from "./page-response";

const SIGNED_OUT_PAGES = ["/sign-in", "/sign-up"];

/** What the gate knows of a visitor. */
export interface Visit {
  readonly signedIn: boolean;
  /** Null with local accounts. */
  readonly clerkHost: string | null;
}

/**
 * Sends people who are not signed in to the sign-in page, and those who are away from it. Being let through
 * proves nothing yet: every Convex function checks who calls.
 */
export function gate(request: NextRequest, { signedIn, clerkHost }: Visit): NextResponse {
  const { pathname, search } = request.nextUrl;
  const isSignedOutPage = SIGNED_OUT_PAGES.includes(pathname);
  if (!signedIn && !isSignedOutPage) {
    const target = new URL("/sign-in", request.url);
    // A sign-in at a provider cannot go on after ours: it begins again on the page of connections.
    if (pathname.startsWith("/api/")) target.searchParams.set("next", "/connections");
    else if (pathname !== "/") target.searchParams.set("next", pathname + search);
    return NextResponse.redirect(target);
  }
  if (signedIn && isSignedOutPage && !request.nextUrl.searchParams.has("expired")) {
    return NextResponse.redirect(new URL("/calendar", request.url));
  }
  return pageResponse(request, clerkHost);
}
