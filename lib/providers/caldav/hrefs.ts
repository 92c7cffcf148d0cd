/**
 * The path of a resource as the server wrote it, without scheme and host: these belong to the calendar, and
 * servers behind a proxy often give them wrong. Null for what is no address.
 */
export function pathOf(href: string, base: URL): string | null {
  return URL.canParse(href, base) ? new URL(href, base).pathname : null;
}

/** The address of a path of {@link pathOf}; always at the host of `base`, also for a path like `//elsewhere/x`. */
export function atHostOf(base: URL, path: string): URL {
  const url = new URL("/", base);
  url.pathname = path;
  return url;
}

/** Equal for paths that differ only in their percent-encoding, which servers do not keep to from answer to answer. */
export function sameKey(path: string): string {
  return spelt(path, encodeURIComponent);
}

/** What servers leave as it is in a path: nothing but RFC 3986's unreserved characters, some marks, or whatever is allowed. */
const ENCODERS: readonly ((text: string) => string)[] = [
  encodeURIComponent,
  (text) => encodeURIComponent(text).replace(/[!'()*]/g, hexOf),
  (text) => encodeURIComponent(text).replace(/[!'*]/g, hexOf),
  (text) => encodeURI(text).replace(/[/?#]/g, hexOf),
];

/**
 * The spellings in which a server may have written this path at another time, itself among them: one for most,
 * for what needs no encoding has no other. All of them have the same {@link sameKey}.
 */
export function spellingsOf(path: string): string[] {
  const upper = ENCODERS.map((encode) => spelt(path, encode));
  const lower = upper.map((each) => each.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()));
  return [...new Set([path, ...upper, ...lower])];
}

function spelt(path: string, encode: (text: string) => string): string {
  return path
    .split("/")
    .map((segment) => {
      try {
        return encode(decodeURIComponent(segment));
      } catch {
        return segment;
      }
    })
    .join("/");
}

function hexOf(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
