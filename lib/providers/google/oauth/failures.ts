import { z } from "zod";
import { toNetworkError } from "../../../security/network-error";
import type { ProviderFailure } from "../../port";

/** Why Google gave no token, as far as one can do something about it. */
const refusal = z.object({ error: z.string(), error_description: z.string().optional() });

const RECONNECT = "Reconnect the account to allow it again.";
const RETRY = "LinearTime tries again by itself.";
/** Google's words are shown as they are, at most this long. */
const MAX_QUOTED = 200;

/** Refusals that are about LinearTime's own registration, not about the person (RFC 6749 §5.2 and Google's own). */
const ABOUT_THE_CLIENT: ReadonlySet<string> = new Set([
  "invalid_client",
  "unauthorized_client",
  "deleted_client",
  "redirect_uri_mismatch",
  "unsupported_grant_type",
  "org_internal",
  "admin_policy_enforced",
]);

/** Turns what a call to Google's OAuth threw into what to do about it. No text contains a token or a code. */
export function oauthFailure(thrown: unknown, now: number): ProviderFailure {
  const answer = answerOf(thrown);
  if (answer === null) return unreachable(thrown);
  const { status, body, retryAfter } = answer;
  const parsed = refusal.safeParse(body);
  if (status === 429 || (status === 403 && /limit|quota/i.test(JSON.stringify(body ?? "")))) return slowDown(retryAfter, now);
  if (status >= 500 || !parsed.success) return notAnAnswer(status, retryAfter, now);
  const { error, error_description: description } = parsed.data;
  if (error === "invalid_grant") return revoked(description);
  if (error === "rate_limit_exceeded" || error === "slow_down") return slowDown(retryAfter, now);
  if (error === "temporarily_unavailable" || error === "internal_failure") return notAnAnswer(status, retryAfter, now);
  return ABOUT_THE_CLIENT.has(error) ? clientRefused(error, description) : refused(error, description);
}

/** Google took the refresh token no more: Google says why. */
function revoked(description: string | undefined): ProviderFailure {
  return {
    kind: "authRevoked",
    code: "invalid_grant",
    message: `Google no longer accepts this sign-in: ${quoted(description) ?? "the permission was withdrawn or has run out."}`,
    action: RECONNECT,
  };
}

function clientRefused(error: string, description: string | undefined): ProviderFailure {
  return {
    kind: "rejected",
    code: error,
    message: `Google does not accept LinearTime’s own registration: ${quoted(description) ?? error}`,
    action: "Whoever runs LinearTime has to check GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET and APP_URL against Google’s console.",
  };
}

function refused(error: string, description: string | undefined): ProviderFailure {
  const code = /^[a-z_]{1,60}$/.test(error) ? error : "refused";
  return {
    kind: "rejected",
    code,
    message: `Google refused: ${quoted(description) ?? code}`,
    action: RECONNECT,
  };
}

function slowDown(retryAfter: string | null, now: number): ProviderFailure {
  return {
    kind: "rateLimited",
    code: "rate_limited",
    message: "Google asks us to slow down.",
    action: RETRY,
    retryAfterMs: retryAfterMs(retryAfter, now),
  };
}

/** The answer was none of the token endpoint's: from a proxy, or half of one. */
export const unreadableAnswer = (): ProviderFailure => notAnAnswer(200, null, 0);

function notAnAnswer(status: number, retryAfter: string | null, now: number): ProviderFailure {
  const trouble = status >= 400;
  return {
    kind: "unavailable",
    code: trouble ? "server_error" : "unreadable_answer",
    message: trouble ? `Google’s sign-in service reports a problem (HTTP ${status}).` : "Google’s sign-in service gave an answer that cannot be read.",
    action: RETRY,
    retryAfterMs: retryAfterMs(retryAfter, now),
  };
}

function unreachable(thrown: unknown): ProviderFailure {
  const { code } = toNetworkError(thrown);
  return {
    kind: "unavailable",
    code,
    message: code === "timed_out" ? "Google’s sign-in service took too long to answer." : "Google’s sign-in service cannot be reached.",
    action: RETRY,
    retryAfterMs: null,
  };
}

interface Answer {
  status: number;
  body: unknown;
  retryAfter: string | null;
}

/** The answer that Google's client library threw; null where there was none. */
function answerOf(thrown: unknown): Answer | null {
  if (!(thrown instanceof Error) || !("response" in thrown)) return null;
  const response = thrown.response as { status?: unknown; headers?: Headers; data?: unknown } | undefined;
  if (typeof response?.status !== "number") return null;
  return { status: response.status, body: response.data, retryAfter: response.headers?.get("retry-after") ?? null };
}

/** Seconds or a date (RFC 9110 §10.2.3), as milliseconds from now. */
function retryAfterMs(text: string | null, now: number): number | null {
  if (text === null || text.trim() === "") return null;
  const seconds = Number(text);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(text) - now;
  return Number.isFinite(ms) && ms > 0 ? ms : null;
}

/** The provider's own sentence, without control characters and not endless; null where it has none. */
function quoted(text: string | undefined): string | null {
  const clean = (text ?? "").replace(/\p{C}+/gu, " ").trim();
  if (clean === "") return null;
  const short = clean.length > MAX_QUOTED ? `${clean.slice(0, MAX_QUOTED)}…` : clean;
  return /[.!?…]$/.test(short) ? short : `${short}.`;
}
