/** How a visit to a provider's consent page ended, in words. `{provider}` is filled in. */
export interface OutcomeText {
  tone: "neutral" | "warn" | "bad";
  title: string;
  detail: string;
}

const AGAIN = "Nothing was connected. Begin again here.";

const OUTCOMES: Readonly<Record<string, OutcomeText>> = {
  connected: { tone: "neutral", title: "{provider} is connected", detail: "Its calendars are being read now." },
  reconnected: { tone: "neutral", title: "{provider} is connected again", detail: "What has changed meanwhile is being read now." },
  access_denied: { tone: "warn", title: "Access was not allowed", detail: "You chose not to let LinearTime see your calendars. Nothing was connected." },
  scope_missing: { tone: "warn", title: "A permission is missing", detail: "LinearTime needs to see your calendars and their events. Connect again and leave all boxes ticked." },
  another_account: { tone: "warn", title: "That was another account", detail: "To reconnect, choose the account that the card names. To add the other one, use “Connect account”." },
  state_invalid: { tone: "warn", title: "This sign-in was over already", detail: `Each counts once, for ten minutes, in the browser that began it. ${AGAIN}` },
  code_refused: { tone: "warn", title: "{provider} did not take the sign-in", detail: `Each counts once and for a few minutes. ${AGAIN}` },
  no_refresh_token: { tone: "warn", title: "{provider} gave no lasting permission", detail: "Remove LinearTime from the third-party access of your account there, then connect again." },
  rate_limited: { tone: "warn", title: "Too many attempts in a short time", detail: "Wait ten minutes, then try again." },
  no_such_connection: { tone: "warn", title: "There is no such account here", detail: "It may have been disconnected. Connect it anew." },
  not_configured: { tone: "bad", title: "{provider} cannot be connected here", detail: "This installation has no keys for it. Whoever runs LinearTime has to set them." },
  wrong_address: { tone: "bad", title: "LinearTime is open under another address", detail: "Providers send you back to one address only: the one that LinearTime prints when it starts. Open it there." },
  cross_site: { tone: "bad", title: "This did not begin on LinearTime’s own page", detail: AGAIN },
  wrong_issuer: { tone: "bad", title: "The answer did not come from {provider}", detail: AGAIN },
  provider_unavailable: { tone: "warn", title: "{provider} cannot be reached", detail: "Its sign-in did not answer as it should. Try again in a few minutes." },
  unavailable: { tone: "bad", title: "LinearTime cannot reach its backend", detail: "Nothing was connected. Try again in a moment." },
};

const UNKNOWN: OutcomeText = { tone: "bad", title: "{provider} was not connected", detail: "The provider refused. If it stays like this, tell whoever runs LinearTime." };

/** The words for the code in a page's address. Whatever stands there, only words of ours are shown. */
export function outcomeText(code: string, providerLabel: string): OutcomeText {
  const { tone, title, detail } = Object.hasOwn(OUTCOMES, code) ? (OUTCOMES[code] ?? UNKNOWN) : UNKNOWN;
  const fill = (text: string) => text.replaceAll("{provider}", providerLabel);
  return { tone, title: fill(title), detail: fill(detail) };
}
