import { registrableDomain } from "./registrable-domain";
import { ipLiteral } from "./safe-url";

/**
 * Whether credentials meant for `from` may go to `to`: the same host, or another host of the same registrable
 * domain (iCloud answers with `pNN-caldav.icloud.com`), and never from https down to http.
 */
export function isSameSite(from: URL, to: URL): boolean {
  if (from.protocol === "https:" && to.protocol !== "https:") return false;
  if (from.hostname === to.hostname) return true;
  if (ipLiteral(from) !== null || ipLiteral(to) !== null) return false;
  const site = registrableDomain(from.hostname);
  return site !== null && site === registrableDomain(to.hostname);
}
