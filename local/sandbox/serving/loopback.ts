const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Whether a URL names this machine by one of its usual names. */
export function isLoopbackUrl(url: URL): boolean {
  return LOOPBACK_HOSTS.has(url.hostname);
}

/**
 * Whether a request was meant for us by a page of ours or by a program. The sandbox has no log-in: without this
 * check a web page from anywhere could press its buttons, by a form of its own or by a name that it makes
 * resolve to this machine.
 */
export function isTrustedOrigin(host: string | undefined, origin: string | undefined, fetchSite: string | undefined): boolean {
  const asked = parsed(`http://${host ?? ""}`);
  if (asked === null || !isLoopbackUrl(asked)) return false;
  if (fetchSite === "cross-site") return false;
  // A page without an origin of its own says "null".
  return origin === undefined || parsed(origin)?.host === asked.host;
}

function parsed(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}
