import { z } from "zod";
import type { AddressPolicy } from "../security/addresses";
import { caldavProvider } from "./caldav/provider";
import { googleProvider } from "./google/provider";
import type { AccessTokenSource } from "./oauth";
import type { CallTerms } from "./outgoing-calls";
import type { CalendarProvider } from "./port";

export interface OpenProviderRequest extends CallTerms {
  /** Provider id, a key of `PROVIDERS`. */
  provider: string;
  /** `providerConfigs.settings`: what is not secret. Checked against the provider's own shape. */
  settings: unknown;
  credentials: Credentials;
  /** Environment variables of the deployment; each provider reads its own. */
  environment: Readonly<Record<string, string | undefined>>;
  policy: AddressPolicy;
  now?: () => number;
}

/** What an account is opened with, by the `signIn` of its provider's profile. */
export type Credentials = { kind: "password"; password: string } | { kind: "oauth"; accessToken: AccessTokenSource };

interface ProviderEntry {
  open(request: OpenProviderRequest): CalendarProvider;
}

const caldavSettings = z.object({ serverUrl: z.string().min(1), username: z.string().min(1) });

const PROVIDERS: Readonly<Record<string, ProviderEntry>> = {
  caldav: {
    open: ({ settings, credentials, policy, now, reserveCall, meter }) => {
      const { serverUrl, username } = caldavSettings.parse(settings);
      return caldavProvider({ serverUrl, username, password: passwordOf(credentials) }, { policy, now, reserveCall, meter });
    },
  },
  google: {
    open: ({ credentials, environment, now, reserveCall, meter }) =>
      googleProvider({ accessToken: accessTokenOf(credentials), sandboxUrl: environment["GOOGLE_SANDBOX_URL"] || null, now, reserveCall, meter }),
  },
};

function passwordOf(credentials: Credentials): string {
  if (credentials.kind !== "password") throw new Error("This provider is opened with a password.");
  return credentials.password;
}

function accessTokenOf(credentials: Credentials): AccessTokenSource {
  if (credentials.kind !== "oauth") throw new Error("This provider is opened with an access token.");
  return credentials.accessToken;
}

/**
 * A client for one connected account; `close()` it when the run is over. Needs Node. Throws when the provider is
 * unknown or its settings are not of its shape: rows that this code did not write.
 */
export function openProvider(request: OpenProviderRequest): CalendarProvider {
  const entry = Object.hasOwn(PROVIDERS, request.provider) ? PROVIDERS[request.provider] : undefined;
  if (entry === undefined) throw new Error(`There is no calendar provider “${request.provider}”`);
  return entry.open(request);
}
