import type { ProviderFailure } from "./port";

/** What a person can do about a run that stopped; shown below the failure's own message. */
const ADVICE: Record<ProviderFailure["kind"], string> = {
  authRevoked: "Reconnect the account with a password that works. Your events stay as they are.",
  rateLimited: "Nothing to do: LinearTime waits as long as the server asks and tries again.",
  unavailable:
    "LinearTime tries again by itself. If it lasts, check that the server is up and can be reached from here.",
  rejected: "Look at the calendar at its server, then choose Sync now.",
};

export function adviceFor(failure: Pick<ProviderFailure, "kind">): string {
  return ADVICE[failure.kind];
}
