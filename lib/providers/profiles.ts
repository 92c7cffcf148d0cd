/** What the rest of LinearTime may know about a provider without asking which one it is. Runs anywhere. */
export interface ProviderProfile {
  /** Shown to people. */
  label: string;
  capabilities: {
    /** The provider can tell us about changes; where it cannot, its calendars are polled. */
    push: boolean;
    /** It returns cursors; where it does not, a run compares etags. */
    cursors: boolean;
    /** Events can be written back. */
    write: boolean;
  };
  /** How a person signs in. */
  signIn: "password" | "oauth";
  /** Variables of the deployment without which its accounts cannot be connected. */
  keys: readonly string[];
  /** Variable of the deployment with the address of a stand-in, where one runs. */
  sandbox: string | null;
}

export const PROVIDER_PROFILES: Readonly<Record<string, ProviderProfile>> = {
  caldav: {
    label: "CalDAV",
    capabilities: { push: false, cursors: true, write: false },
    signIn: "password",
    keys: [],
    sandbox: null,
  },
  google: {
    label: "Google Calendar",
    capabilities: { push: true, cursors: true, write: false },
    signIn: "oauth",
    keys: ["GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET"],
    sandbox: "GOOGLE_SANDBOX_URL",
  },
};

/** The stand-ins that run here, by provider: their addresses are variables of the environment. */
export function sandboxesOf(environment: Readonly<Record<string, string | undefined>>): { provider: string; url: string }[] {
  return Object.entries(PROVIDER_PROFILES).flatMap(([provider, { sandbox }]) => {
    const url = sandbox === null ? undefined : environment[sandbox];
    return url ? [{ provider, url }] : [];
  });
}

/** The profile of a provider id; null for unknown ones. */
export function profileOf(provider: string): ProviderProfile | null {
  return Object.hasOwn(PROVIDER_PROFILES, provider) ? (PROVIDER_PROFILES[provider] ?? null) : null;
}
