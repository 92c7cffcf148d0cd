/** Second-level labels under which country registries sell names, as in `example.co.uk`. */
const REGISTRY_LABELS: ReadonlySet<string> = new Set([
  "ac", "co", "com", "edu", "gob", "gov", "gv", "id", "info", "ltd", "mil", "ne", "net", "nom", "or", "org", "plc", "sch",
]);

/** Domains whose subdomains belong to different customers. */
const SHARED_DOMAINS: ReadonlySet<string> = new Set([
  "amazonaws.com", "appspot.com", "azurewebsites.net", "cloudapp.net", "cloudfront.net", "ddns.net", "ddnss.de", "desec.io",
  "dnshome.de", "duckdns.org", "dynu.net", "dynv6.net", "dyndns.org", "firebaseapp.com", "fly.dev", "freeddns.org",
  "github.io", "gitlab.io", "goip.de", "herokuapp.com", "hopto.org", "kasserver.com", "myds.me", "myfritz.net",
  "netlify.app", "ngrok.app", "ngrok.io", "no-ip.org", "nsupdate.info", "onrender.com", "pages.dev", "selfhost.eu",
  "spdns.de", "synology.me", "trycloudflare.com", "ts.net", "vercel.app", "web.app", "webhop.me", "workers.dev", "zapto.org",
]);

/**
 * A cautious stand-in for the public suffix list: the last two labels, three where the second is a registry's
 * (`co.uk`); null, which is the same site as nothing else, for single labels and shared domains.
 */
export function registrableDomain(hostname: string): string | null {
  const labels = hostname.toLowerCase().replace(/\.$/, "").split(".");
  const [second, top] = labels.slice(-2);
  if (labels.length < 2 || second === undefined || top === undefined) return null;
  const underRegistry = top.length === 2 && (REGISTRY_LABELS.has(second) || second.length <= 2);
  const size = underRegistry ? 3 : 2;
  const domain = labels.slice(-size).join(".");
  return labels.length < size || SHARED_DOMAINS.has(labels.slice(-2).join(".")) ? null : domain;
}
