import type { NetworkErrorCode } from "../../security/network-error";
import type { ProviderFailure } from "../port";

/** Everything that a call to the Google Calendar API can fail with. */
export type FailureCode =
  | "sign_in_refused"
  | "scope_missing"
  | "api_disabled"
  | "forbidden"
  | "rate_limited"
  | "calendar_gone"
  | "changed_meanwhile"
  | "request_refused"
  | "channel_id_taken"
  | "callback_not_https"
  | "callback_not_allowed"
  | "server_error"
  | "unreachable"
  | "timed_out"
  | "answer_too_large"
  | "unreadable_answer"
  | "incomplete_answer";

interface FailureText {
  kind: ProviderFailure["kind"];
  /** What is wrong. `{status}` is filled in. */
  message: string;
  action: string;
}

const RETRIED = "Nothing to do: LinearTime tries again by itself.";

/** The one place where failures get their words. No text contains a secret, an address or an event. */
export const FAILURES: Readonly<Record<FailureCode, FailureText>> = {
  sign_in_refused: {
    kind: "authRevoked",
    message: "Google no longer lets LinearTime into this account.",
    action: "Reconnect the account to allow it again.",
  },
  scope_missing: {
    kind: "rejected",
    message: "LinearTime was not allowed to see the calendars of this account.",
    action: "Reconnect the account, and leave all boxes ticked on Google’s page.",
  },
  api_disabled: {
    kind: "rejected",
    message: "The Google Calendar API is switched off for this installation of LinearTime.",
    action: "Whoever runs LinearTime has to enable it in the Google Cloud console, in the project of GOOGLE_CLIENT_ID.",
  },
  forbidden: {
    kind: "rejected",
    message: "Google knows this account, but does not let it do this with the calendar.",
    action: "Ask the calendar’s owner for access. In a company or school, its administrator may have to allow LinearTime.",
  },
  rate_limited: { kind: "rateLimited", message: "Google asks us to slow down.", action: RETRIED },
  calendar_gone: {
    kind: "rejected",
    message: "This is no longer at Google, or not visible to this account.",
    action: "Remove the calendar here, or ask its owner to share it again.",
  },
  changed_meanwhile: {
    kind: "rejected",
    message: "It was changed at Google in the meantime.",
    action: "Look at the newer version, and make the change again if it is still wanted.",
  },
  request_refused: {
    kind: "rejected",
    message: "Google does not take what LinearTime asked (HTTP {status}).",
    action: "Tell whoever runs LinearTime; it goes on with everything else.",
  },
  channel_id_taken: {
    kind: "rejected",
    message: "Google has a notification channel of this name already.",
    action: "Nothing to do: the next attempt takes another name.",
  },
  callback_not_https: {
    kind: "rejected",
    message: "Google sends notifications to https addresses with a valid certificate only.",
    action: "Whoever runs LinearTime has to set WEBHOOK_BASE_URL to its public https address. Until then calendars are polled.",
  },
  callback_not_allowed: {
    kind: "rejected",
    message: "Google does not send notifications to this installation’s address.",
    action: "Whoever runs LinearTime has to check that the domain in WEBHOOK_BASE_URL is its own and registered with its Google project. Until then calendars are polled.",
  },
  server_error: { kind: "unavailable", message: "Google reports a problem of its own (HTTP {status}).", action: RETRIED },
  unreachable: { kind: "unavailable", message: "Google cannot be reached from here.", action: RETRIED },
  timed_out: { kind: "unavailable", message: "Google took too long to answer.", action: RETRIED },
  answer_too_large: {
    kind: "rejected",
    message: "Google sent more at once than LinearTime accepts.",
    action: "Look for an event with an enormous description or guest list, and shorten it.",
  },
  unreadable_answer: {
    kind: "unavailable",
    message: "Something other than Google’s calendar answered (HTTP {status}).",
    action: "LinearTime tries again by itself. If it lasts, look for a proxy or firewall between it and Google.",
  },
  incomplete_answer: {
    kind: "unavailable",
    message: "Google’s answer lacked what it should hold. Nothing was taken from it.",
    action: RETRIED,
  },
};

/** What a sync run is told. `retryAfterMs` is kept where the kind of failure has room for it. */
export function failureOf(code: FailureCode, status: number | null = null, retryAfterMs: number | null = null): ProviderFailure {
  const { kind, message, action } = FAILURES[code];
  const said = { code, message: message.replace("{status}", String(status ?? "none")), action };
  return kind === "rateLimited" || kind === "unavailable" ? { kind, ...said, retryAfterMs } : { kind, ...said };
}

/** What a connection that brought no answer means. */
export function codeOfNetworkError(code: NetworkErrorCode): FailureCode {
  if (code === "timed_out" || code === "answer_too_large") return code;
  return "unreachable";
}
