import type { ProviderFailure } from "../providers/port";

export type CallbackProblem = Pick<ProviderFailure, "code" | "message" | "action">;

/**
 * The address that a provider calls, or why it cannot be called. A provider on this machine (a stand-in) may call an http
 * address; all others need https.
 */
export function callbackAddress(
  base: string | undefined,
  provider: string,
  { allowHttp }: { allowHttp: boolean },
): { kind: "address"; address: string } | { kind: "problem"; problem: CallbackProblem } {
  if (base === undefined || base === "") {
    return problem(
      "no_public_address",
      "This LinearTime has no address that the provider could call.",
      "Set WEBHOOK_BASE_URL to its public https address. Until then its calendars are polled.",
    );
  }
  const url = URL.canParse(base) ? new URL(base) : null;
  if (url === null || (url.protocol !== "https:" && !(allowHttp && url.protocol === "http:"))) {
    return problem(
      "callback_not_https",
      "The address that the provider would call is not an https address.",
      "Set WEBHOOK_BASE_URL to a public https address. Until then its calendars are polled.",
    );
  }
  return { kind: "address", address: `${url.origin}/api/webhooks/${provider}` };
}

export const CALLBACK_UNREACHABLE: CallbackProblem = {
  code: "callback_unreachable",
  message: "LinearTime does not answer at its own public address.",
  action: "Check WEBHOOK_BASE_URL, its certificate and the proxy before it. Until then its calendars are polled.",
};

function problem(code: string, message: string, action: string): { kind: "problem"; problem: CallbackProblem } {
  return { kind: "problem", problem: { code, message, action } };
}
