import { NextResponse } from "next/server";
import { returnPage } from "@/lib/providers/return-pages";

/** Longer than any state, code or error that a provider sends; what is longer is somebody's experiment. */
const MAX_PARAMETER = 2_048;

/** The address at which people open LinearTime, without a path. */
export function appUrl(): string {
  const url = process.env.APP_URL;
  if (!url) throw new Error("APP_URL is not set. Start LinearTime with npm start, or see docs/deploy.md.");
  return url.replace(/\/$/, "");
}

/** Where a provider sends the browser back to: registered there letter by letter. */
export const redirectUriOf = (provider: string): string => `${appUrl()}/api/oauth/${provider}/callback`;

/** Sends the browser to a page of ours, which has a sentence for `code`. */
export function backTo(page: string | null, provider: string, code: string): NextResponse {
  const target = new URL(returnPage(page), appUrl());
  target.searchParams.set("oauth", code);
  target.searchParams.set("provider", provider);
  return seeOther(target.href);
}

/** 303: whatever was asked, the next request is a GET. Nothing of it is kept in a cache. */
export function seeOther(url: string): NextResponse {
  const response = NextResponse.redirect(url, 303);
  response.headers.set("cache-control", "no-store");
  response.headers.set("referrer-policy", "no-referrer");
  return response;
}

/** A parameter of a query; null where it is missing, empty, given twice or too long. */
export function parameter(query: URLSearchParams, name: string): string | null {
  const [value, ...more] = query.getAll(name);
  return value === undefined || value === "" || more.length > 0 || value.length > MAX_PARAMETER ? null : value;
}

/** The provider out of the path; null for what cannot be one. */
export function providerOf(segment: string): string | null {
  return /^[a-z][a-z0-9-]{0,30}$/.test(segment) ? segment : null;
}

/** The backend cannot be reached: the page says so. */
export function unreachable(provider: string, error: unknown): NextResponse {
  console.error("Convex could not be reached:", error instanceof Error ? error.message : "unknown");
  return backTo(null, provider, "unavailable");
}
