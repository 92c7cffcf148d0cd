import ipaddr from "ipaddr.js";
import { type AddressPolicy, checkAddress } from "./addresses";

export type UrlVerdict =
  | { ok: true; url: URL }
  | { ok: false; code: "address_invalid" | "address_forbidden"; message: string };

/**
 * Checks a URL before anything is sent to it: http(s) only, plain http only where private addresses are
 * allowed, no user or password inside, and a host that is an IP address has to be an allowed one. Odd
 * spellings (`127.1`, `0x7f000001`, full-width digits) are normalised by the URL parser first. Host *names*
 * are checked when they are resolved.
 */
export function checkUrl(text: string | URL, policy: AddressPolicy): UrlVerdict {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return { ok: false, code: "address_invalid", message: "This is not a web address." };
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    return { ok: false, code: "address_invalid", message: "Only https addresses can be used." };
  }
  if (url.username !== "" || url.password !== "") {
    return { ok: false, code: "address_invalid", message: "The address must not contain a user name or password." };
  }
  if (url.protocol === "http:" && !policy.allowPrivate) {
    return { ok: false, code: "address_forbidden", message: "Only https addresses can be used, so that the password stays secret." };
  }
  const literal = ipLiteral(url);
  if (literal !== null) {
    const verdict = checkAddress(literal, portOf(url), policy);
    if (!verdict.allowed) return { ok: false, code: "address_forbidden", message: `This address ${verdict.reason}.` };
  }
  return { ok: true, url };
}

/** The IP address that the URL's host is, without brackets; null for a name. */
export function ipLiteral(url: URL): string | null {
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  return ipaddr.isValid(host) ? host : null;
}

export function portOf(url: URL): number {
  return url.port !== "" ? Number(url.port) : url.protocol === "https:" ? 443 : 80;
}
