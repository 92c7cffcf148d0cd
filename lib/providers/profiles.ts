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
}

export const PROVIDER_PROFILES: Readonly<Record<string, ProviderProfile>> = {
  caldav: {
    label: "CalDAV",
    capabilities: { push: false, cursors: true, write: false },
    signIn: "password",
  },
  google: {
    label: "Google Calendar",
    capabilities: { push: true, cursors: true, write: false },
    signIn: "oauth",
  },
};

/** The profile of a provider id; null for unknown ones. */
export function profileOf(provider: string): ProviderProfile | null {
  return Object.hasOwn(PROVIDER_PROFILES, provider) ? (PROVIDER_PROFILES[provider] ?? null) : null;
}
