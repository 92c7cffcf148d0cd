import { fullLoad } from "./full-load";

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 30_000;

/** What one try to get a token came to. */
type TokenAnswer =
  | { kind: "token"; token: string }
  /** The session is over: sign in again. */
  | { kind: "signedOut" }
  /** Nothing is known: try again. */
  | { kind: "unreachable" };

async function askForToken(): Promise<TokenAnswer> {
  try {
    const response = await fetch("/api/auth/token", { cache: "no-store" });
    if (response.status === 401) return { kind: "signedOut" };
    const body: unknown = response.ok ? await response.json() : null;
    if (typeof body === "object" && body !== null && "token" in body && typeof body.token === "string") {
      return { kind: "token", token: body.token };
    }
    return { kind: "unreachable" };
  } catch {
    return { kind: "unreachable" };
  }
}

/** Waits, or until the browser says that it is online again. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener("online", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    window.addEventListener("online", done);
  });
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
  for (let wait = FIRST_RETRY_MS; ; wait = Math.min(wait * 2, LONGEST_RETRY_MS)) {
    const answer = await askForToken();
    if (answer.kind === "token") return answer.token;
    if (answer.kind === "signedOut") return leave();
    await pause(wait);
  }
}
