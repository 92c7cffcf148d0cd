import { fullLoad } from "./full-load";
import { keepTrying } from "./keep-trying";

/** What the server says; undefined while nothing is known. */
type TokenAnswer = { token: string } | "signedOut" | undefined;

async function askForToken(): Promise<TokenAnswer> {
  try {
    const response = await fetch("/api/auth/token", { cache: "no-store" });
    if (response.status === 401) return "signedOut";
    const body: unknown = response.ok ? await response.json() : null;
    if (typeof body === "object" && body !== null && "token" in body && typeof body.token === "string") {
      return { token: body.token };
    }
    return undefined;
  } catch {
    return undefined;
  }
}

/**
 * Leaves for the sign-in page. The cookie is given back first; should that fail, `expired` keeps the
 * sign-in page from sending straight back here.
 */
async function leave(): Promise<null> {
  await fetch("/api/auth/sign-out", { method: "POST" }).catch(() => undefined);
  const here = `${window.location.pathname}${window.location.search}`;
  fullLoad(`/sign-in?expired=true&next=${encodeURIComponent(here)}`);
  return null;
}

/**
 * A fresh token for Convex. Every call asks the server: tokens live ten minutes, and Convex asks only
 * when it needs a new one. While the server cannot be reached it goes on trying, because giving up
 * would sign out somebody whose train is in a tunnel; null means that the session is over.
 */
export async function fetchSessionToken(): Promise<string | null> {
  const answer = await keepTrying(askForToken);
  return answer === "signedOut" ? leave() : answer.token;
}
