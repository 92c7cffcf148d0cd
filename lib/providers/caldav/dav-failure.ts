import { offersKnownLogin } from "../../security/http-login";
import { NetworkError } from "../../security/network-error";
import type { ProviderFailure } from "../port";
import { readRetryAfter } from "../retry-after";
import { appPasswordPage, describeFailure, type FailureCode } from "./failures";

/** A request that did not bring an answer to work with. Its message is {@link describeFailure}'s. */
export class DavFailure extends Error {
  override readonly name = "DavFailure";
  constructor(
    readonly code: FailureCode,
    readonly host: string,
    /** HTTP status; null when there was no answer. */
    readonly status: number | null = null,
    readonly retryAfterMs: number | null = null,
  ) {
    super(describeFailure(code, host, status).message);
  }
}

/** What an unsuccessful answer means; `now` is epoch milliseconds, for Retry-After dates. */
export function failureOfResponse(response: Response, host: string, now: number): DavFailure {
  const { status } = response;
  const retryAfterMs = readRetryAfter(response.headers.get("retry-after"), now);
  return new DavFailure(codeOfStatus(response, host, retryAfterMs), host, status, retryAfterMs);
}

function codeOfStatus(response: Response, host: string, retryAfterMs: number | null): FailureCode {
  const { status } = response;
  if (status === 401) {
    if (!offersKnownLogin(response)) return "login_method_unsupported";
    return appPasswordPage(host) === null ? "wrong_password" : "app_password_needed";
  }
  if (status === 429 || (status === 503 && retryAfterMs !== null)) return "rate_limited";
  if (status === 403) return "forbidden";
  if (status === 404 || status === 410) return "calendar_gone";
  if (status === 413) return "answer_too_large";
  return status >= 500 ? "server_error" : "not_caldav";
}

/** Any error thrown below as a {@link DavFailure}; bugs stay what they are. */
export function toDavFailure(error: unknown, host: string): DavFailure {
  if (error instanceof DavFailure) return error;
  if (error instanceof NetworkError) return new DavFailure(error.code, host);
  throw error;
}

const REJECTED: ReadonlySet<FailureCode> = new Set([
  "address_invalid", "address_forbidden", "redirect_off_site", "not_caldav", "username_invalid",
  "login_method_unsupported", "forbidden", "no_calendars", "calendar_gone", "answer_too_large",
]);

/** What a sync run must do about it. */
export function toProviderFailure(failure: DavFailure): ProviderFailure {
  const { code, host, status, retryAfterMs } = failure;
  const { message, action } = describeFailure(code, host, status);
  const said = { code, message, action };
  if (code === "wrong_password" || code === "app_password_needed") return { kind: "authRevoked", ...said };
  if (code === "rate_limited") return { kind: "rateLimited", ...said, retryAfterMs };
  if (REJECTED.has(code)) return { kind: "rejected", ...said };
  return { kind: "unavailable", ...said, retryAfterMs };
}
