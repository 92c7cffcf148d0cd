import { createSafeFetch, type SafeFetch } from "../../security/safe-fetch";
import { checkUrl } from "../../security/safe-url";
import type { RemoteCalendar } from "../port";
import { DavFailure } from "./dav-failure";
import { discover } from "./discovery";
import { describeFailure, type FailureCode, type FailureField } from "./failures";
import type { CalDavAccount, CalDavOptions } from "./provider";
import { serverUrlOf } from "./server-url";
import { openSession } from "./session";

export type ConnectionTest =
  /** `serverUrl` is the calendar home: store it instead of what was typed. */
  | { ok: true; serverUrl: string; principal: string; calendars: RemoteCalendar[] }
  /** `message` says what is wrong, `action` what to do, `field` which input it is about. */
  | { ok: false; code: FailureCode; message: string; action: string; field: FailureField };

/** However slowly the server answers and wherever it leads: a person is waiting. */
const CONNECT_WITHIN_MS = 60_000;

export interface ConnectionTestOptions extends CalDavOptions {
  /** Time for all requests together. */
  connectWithinMs?: number;
}

/** Finds the calendars of an account as typed into the connection form. Resolves whatever happens on the network. */
export async function testConnection({ serverUrl, username, password, ...options }: CalDavAccount & ConnectionTestOptions): Promise<ConnectionTest> {
  const server = serverUrlOf(serverUrl);
  const verdict = server === null ? null : checkUrl(server, options.policy);
  if (server === null || verdict === null) return failed(new DavFailure("address_invalid", ""));
  if (!verdict.ok) return failed(new DavFailure(verdict.code, server.host));
  const { now = Date.now, logins, connectWithinMs = CONNECT_WITHIN_MS } = options;
  const http = within(connectWithinMs, createSafeFetch({ ...options, stayOnSite: true }));
  try {
    const session = openSession({ http, home: server, username, password, now, logins });
    const { home, principal, calendars } = await discover(session, server);
    return { ok: true, serverUrl: home.href, principal: principal.href, calendars };
  } catch (error) {
    if (error instanceof DavFailure) return failed(error);
    throw error;
  } finally {
    await http.close();
  }
}

function within(ms: number, http: SafeFetch): SafeFetch {
  const signal = AbortSignal.timeout(ms);
  return { ...http, fetch: (input, init) => http.fetch(input, { ...init, signal }) };
}

function failed({ code, host, status }: DavFailure): ConnectionTest {
  return { ok: false, code, ...describeFailure(code, host, status) };
}
