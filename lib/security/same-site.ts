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

/** Second-level labels under which country registries sell names, as in `example.co.uk`. */
const REGISTRY_LABELS: ReadonlySet<string> = new Set([
  "ac", "co", "com", "edu", "gob", "gov", "gv", "id", "info", "ltd", "mil", "ne", "net", "nom", "or", "org", "plc", "sch",
]);

/** Domains whose subdomains belong to different customers. */
const SHARED_DOMAINS: ReadonlySet<string> = new Set([
  "amazonaws.com", "appspot.com", "azurewebsites.net", "cloudapp.net", "cloudfront.net", "duckdns.org", "dyndns.org",
  "firebaseapp.com", "fly.dev", "github.io", "gitlab.io", "herokuapp.com", "netlify.app", "ngrok.app", "ngrok.io",
  "no-ip.org", "onrender.com", "pages.dev", "synology.me", "trycloudflare.com", "vercel.app", "web.app", "workers.dev",
]);

/**
 * A cautious stand-in for the public suffix list: the last two labels, three where the second is a registry's
 * (`co.uk`); null, which is the same site as nothing else, for single labels and shared domains.
 */
function registrableDomain(hostname: string): string | null {
  const labels = hostname.toLowerCase().replace(/\.$/, "").split(".");
  const [second, top] = labels.slice(-2);
  if (labels.length < 2 || second === undefined || top === undefined) return null;
  const underRegistry = top.length === 2 && (REGISTRY_LABELS.has(second) || second.length <= 2);
  const size = underRegistry ? 3 : 2;
  const domain = labels.slice(-size).join(".");
  return labels.length < size || SHARED_DOMAINS.has(labels.slice(-2).join(".")) ? null : domain;
}
