import { z } from "zod";
import type { ProviderFailure } from "../port";
import { readRetryAfter } from "../retry-after";
import { type FailureCode, failureOf } from "./failures";

/** A call that Google did not do. */
export interface Refusal {
  kind: "refused";
  /** HTTP status; null where there was no answer, or none of Google's. */
  status: number | null;
  /** Google's own word for it, such as `fullSyncRequired`; null where it has none. */
  reason: string | null;
  failure: ProviderFailure;
}

/** Errors of the API: the older form has `errors`, the newer one `details`. */
const errorBody = z.object({
  error: z.object({
    errors: z.array(z.object({ reason: z.string() })).optional().catch(undefined),
    details: z.array(z.object({ reason: z.string().optional() })).optional().catch(undefined),
    status: z.string().optional().catch(undefined),
  }),
});

export function refused(failure: ProviderFailure): Refusal {
  return { kind: "refused", status: null, reason: null, failure };
}

/**
 * What an unsuccessful answer means; `now` is epoch milliseconds, for Retry-After dates. An answer that is not in
 * the API's form says nothing about the account or its calendars: a proxy's 404 is not the end of a calendar.
 */
export function refusalOf(answer: { status: number; retryAfter: string | null; body: unknown }, now: number): Refusal {
  const { status, body } = answer;
  const retryAfterMs = readRetryAfter(answer.retryAfter, now);
  const parsed = errorBody.safeParse(body);
  if (!parsed.success) return refused(failureOf(codeOfForeignAnswer(status), status, retryAfterMs));
  const { errors, details, status: name } = parsed.data.error;
  const reason = errors?.[0]?.reason ?? details?.find((detail) => detail.reason !== undefined)?.reason ?? name ?? null;
  return { kind: "refused", status, reason, failure: failureOf(codeOf(status, reason), status, retryAfterMs) };
}

function codeOfForeignAnswer(status: number): FailureCode {
  if (status === 429) return "rate_limited";
  return status >= 500 ? "server_error" : "unreadable_answer";
}

/** Reasons that mean more than their status. */
const CODES: Readonly<Record<string, FailureCode>> = {
  rateLimitExceeded: "rate_limited",
  userRateLimitExceeded: "rate_limited",
  quotaExceeded: "rate_limited",
  dailyLimitExceeded: "rate_limited",
  calendarUsageLimitsExceeded: "rate_limited",
  RATE_LIMIT_EXCEEDED: "rate_limited",
  RESOURCE_EXHAUSTED: "rate_limited",
  insufficientPermissions: "scope_missing",
  ACCESS_TOKEN_SCOPE_INSUFFICIENT: "scope_missing",
  accessNotConfigured: "api_disabled",
  SERVICE_DISABLED: "api_disabled",
  channelIdNotUnique: "channel_id_taken",
  "push.webhookUrlNotHttps": "callback_not_https",
  webhookUrlNotHttps: "callback_not_https",
  "push.webhookUrlUnauthorized": "callback_not_allowed",
  webhookUrlUnauthorized: "callback_not_allowed",
};

function codeOf(status: number, reason: string | null): FailureCode {
  const known = reason !== null && Object.hasOwn(CODES, reason) ? CODES[reason] : undefined;
  if (known !== undefined) return known;
  if (status === 401) return "sign_in_refused";
  if (status === 403) return "forbidden";
  if (status === 404 || status === 410) return "calendar_gone";
  if (status === 412) return "changed_meanwhile";
  if (status === 429) return "rate_limited";
  return status >= 500 ? "server_error" : "request_refused";
}
