import type { AccessTokenSource } from "../oauth";
import type { CallTerms } from "../outgoing-calls";
import type { CalendarProvider } from "../port";
import { listCalendars } from "./calendar-list";
import { googleChannels } from "./channels";
import { PAGE_SIZES, type PageSizes, pullCalendar } from "./pull/pull";
import { GOOGLE, openSession } from "./session";

export interface GoogleOptions extends CallTerms {
  accessToken: AccessTokenSource;
  /** Address of the stand-in for Google, as an operator writes it; null is Google itself. */
  sandboxUrl: string | null;
  now?: () => number;
  /** Time for one call, body included. */
  timeoutMs?: number;
  /** Most bytes of one answer, after decompression. */
  maxResponseBytes?: number;
  pageSizes?: PageSizes;
}

const TIMEOUT_MS = 60_000;
const MAX_RESPONSE_BYTES = 20 * 1024 * 1024;

/** Google Calendar through its API v3, in the name of one account. Throws on a sandbox address that is none. */
export function googleProvider(options: GoogleOptions): CalendarProvider {
  const { sandboxUrl, now = Date.now, timeoutMs = TIMEOUT_MS, maxResponseBytes = MAX_RESPONSE_BYTES } = options;
  const rootUrl = sandboxUrl === null ? GOOGLE : sandboxRoot(sandboxUrl);
  const session = openSession({ ...options, rootUrl, now, timeoutMs, maxResponseBytes });
  return {
    listCalendars: () => listCalendars(session),
    pull: (request) => pullCalendar(session, request, options.pageSizes ?? PAGE_SIZES),
    channels: googleChannels(session),
    close: () => session.close(),
  };
}

function sandboxRoot(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.pathname !== "/") {
    throw new Error("GOOGLE_SANDBOX_URL must be an http or https address without a path.");
  }
  return url;
}
