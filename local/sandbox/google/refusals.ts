import { type Answer, json, Refusal } from "../serving/exchange";

/** What one entry of `error.errors` says beside the message. */
export interface Reason {
  reason: string;
  domain?: string;
  locationType?: "header" | "parameter";
  location?: string;
}

/** An error in the form that the Calendar API answers. */
export function apiError(status: number, message: string, { reason, domain = "global", ...place }: Reason): Answer {
  const headers: Record<string, string> = status === 401 ? { "WWW-Authenticate": 'Bearer realm="https://accounts.google.com/", error="invalid_token"' } : {};
  return json(status, { error: { errors: [{ domain, reason, message, ...place }], code: status, message } }, headers);
}

/** As {@link apiError}, to be thrown. */
export function refusal(status: number, message: string, reason: Reason): Refusal {
  return new Refusal(apiError(status, message, reason));
}

export const badRequest = (message: string, reason = "invalid"): Refusal => refusal(400, message, { reason });

export const badParameter = (message: string, location: string): Refusal =>
  refusal(400, message, { reason: "invalid", locationType: "parameter", location });

export const notFound = (): Refusal => refusal(404, "Not Found", { reason: "notFound" });

export const syncTokenExpired = (): Refusal =>
  refusal(410, "Sync token is no longer valid, a full sync is required.", {
    domain: "calendar",
    reason: "fullSyncRequired",
    locationType: "parameter",
    location: "syncToken",
  });

export const preconditionFailed = (): Refusal =>
  refusal(412, "Precondition Failed", { reason: "conditionNotMet", locationType: "header", location: "If-Match" });

export const rateLimited = (reason: "userRateLimitExceeded" | "rateLimitExceeded"): Refusal =>
  refusal(403, reason === "userRateLimitExceeded" ? "User Rate Limit Exceeded" : "Rate Limit Exceeded", { domain: "usageLimits", reason });

/** What Google says, by status, when a fault asks for nothing in particular. */
const USUAL: Readonly<Record<number, [message: string, reason: Reason]>> = {
  400: ["Bad Request", { reason: "badRequest" }],
  401: ["Invalid Credentials", { reason: "authError", locationType: "header", location: "Authorization" }],
  403: ["User Rate Limit Exceeded", { domain: "usageLimits", reason: "userRateLimitExceeded" }],
  404: ["Not Found", { reason: "notFound" }],
  409: ["The requested identifier already exists.", { reason: "duplicate" }],
  410: [
    "Sync token is no longer valid, a full sync is required.",
    { domain: "calendar", reason: "fullSyncRequired", locationType: "parameter", location: "syncToken" },
  ],
  412: ["Precondition Failed", { reason: "conditionNotMet", locationType: "header", location: "If-Match" }],
  429: ["Too Many Requests", { domain: "usageLimits", reason: "rateLimitExceeded" }],
  500: ["Backend Error", { reason: "backendError" }],
  503: ["Service Unavailable", { reason: "backendError" }],
};

/** The answer to a call that a fault makes fail; `kind` is its name in the call log. */
export function failureOf(status: number, reason: string | undefined, kind: string): Answer {
  if (kind.startsWith("oauth.")) {
    return oauthError(status, reason ?? (status === 400 ? "invalid_grant" : status === 401 ? "invalid_client" : "internal_failure"), "Injected by the sandbox.");
  }
  const [message, usual] = USUAL[status] ?? ["Error", { reason: "backendError" }];
  return apiError(status, message, { ...usual, ...(reason === undefined ? {} : { reason }) });
}

/** An error in the form of the token endpoint (RFC 6749 §5.2). */
export function oauthError(status: number, error: string, description: string): Answer {
  return json(status, { error, error_description: description });
}
