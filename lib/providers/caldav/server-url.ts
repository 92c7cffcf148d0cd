import ipaddr from "ipaddr.js";
import { ipLiteral } from "../../security/safe-url";

/**
 * The URL meant by what a user typed: `host`, `host:port`, `host/path` or a whole URL. Without a scheme it is
 * https, except for `localhost` and addresses of this machine or a private network, which rarely have a
 * certificate and are only allowed on installations that opt in. Null when it is no address; fragments are dropped.
 */
export function serverUrlOf(typed: string): URL | null {
  const text = typed.trim();
  if (text === "" || /\s/.test(text)) return null;
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
  const url = parse(hasScheme ? text : `https://${text}`);
  if (url === null || url.hostname === "") return null;
  url.hash = "";
  if (hasScheme || !isLocal(url)) return url;
  return parse(`http://${text}`);
}

function parse(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

function isLocal(url: URL): boolean {
  if (url.hostname === "localhost" || url.hostname.endsWith(".localhost")) return true;
  const literal = ipLiteral(url);
  return literal !== null && ["loopback", "private", "uniqueLocal"].includes(ipaddr.process(literal).range());
}
