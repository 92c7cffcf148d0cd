import { getDomain } from "tldts";

/**
 * The part of a host's name that somebody registered (`example.co.uk` of `dav.example.co.uk`), by the public suffix list with its
 * private part: the customers of `duckdns.org` or `synology.me` are strangers to each other. Null, which is the same site as
 * nothing else, for single labels and for suffixes themselves.
 */
export function registrableDomain(hostname: string): string | null {
  return getDomain(hostname, { allowPrivateDomains: true });
}
