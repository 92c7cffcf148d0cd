import { createSafeFetch } from "../../security/safe-fetch";
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

/** Finds the calendars of an account as typed into the connection form. Resolves whatever happens on the network. */
export async function testConnection({ serverUrl, username, password, ...options }: CalDavAccount & CalDavOptions): Promise<ConnectionTest> {
  const server = serverUrlOf(serverUrl);
  const verdict = server === null ? null : checkUrl(server, options.policy);
  if (server === null || verdict === null) return failed(new DavFailure("address_invalid", ""));
  if (!verdict.ok) return failed(new DavFailure(verdict.code, server.host));
  const http = createSafeFetch(options);
  try {
    const session = openSession({ http, home: server, username, password, now: options.now ?? Date.now });
    const { home, principal, calendars } = await discover(session, server);
    return { ok: true, serverUrl: home.href, principal: principal.href, calendars };
  } catch (error) {
    if (error instanceof DavFailure) return failed(error);
    throw error;
  } finally {
    await http.close();
  }
}

function failed({ code, host, status }: DavFailure): ConnectionTest {
  return { ok: false, code, ...describeFailure(code, host, status) };
}
