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
  return path
    .split("/")
    .map((segment) => {
      try {
        return encodeURIComponent(decodeURIComponent(segment));
      } catch {
        return segment;
      }
    })
    .join("/");
}
