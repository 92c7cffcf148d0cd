import type { AddressPolicy } from "../../security/addresses";
import type { LoginMemory } from "../../security/login-memory";
import { createSafeFetch, type SafeFetchOptions } from "../../security/safe-fetch";
import { CallRefused, type CallTerms, outgoingCalls } from "../outgoing-calls";
import type { CalendarProvider } from "../port";
import { DavFailure, toProviderFailure } from "./dav-failure";
import { discover, listHome } from "./discovery";
import { pullCalendar } from "./pull";
import { serverUrlOf } from "./server-url";
import { openSession } from "./session";

export interface CalDavAccount {
  /** The calendar home that `testConnection` resolved, or any address of the server. */
  serverUrl: string;
  username: string;
  password: string;
}

export interface CalDavOptions extends Omit<SafeFetchOptions, "policy" | "stayOnSite">, CallTerms {
  policy: AddressPolicy;
  now?: () => number;
  logins?: LoginMemory;
}

/** CalDAV (RFC 4791) with Digest or Basic authentication. Throws a {@link DavFailure} when the account's settings are unusable. */
export function caldavProvider(account: CalDavAccount, options: CalDavOptions): CalendarProvider {
  const home = serverUrlOf(account.serverUrl);
  if (home === null) throw new DavFailure("address_invalid", "");
  const http = createSafeFetch({ ...options, stayOnSite: true });
  const { now = Date.now, logins } = options;
  const fetch = outgoingCalls(http.fetch, options);
  const session = openSession({ http: { ...http, fetch }, home, username: account.username, password: account.password, now, logins });
  return {
    async listCalendars() {
      try {
        const calendars = await listHome(session, home).catch((error: unknown) => {
          if (error instanceof DavFailure && error.status !== null && error.code !== "wrong_password") return [];
          throw error;
        });
        return { kind: "calendars", calendars: calendars.length > 0 ? calendars : (await discover(session, home)).calendars };
      } catch (error) {
        if (error instanceof DavFailure) return toProviderFailure(error);
        if (error instanceof CallRefused) return error.failure;
        throw error;
      }
    },
    pull: (request) => pullCalendar(session, request),
    close: () => session.close(),
  };
}
