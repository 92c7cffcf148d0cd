/** Where to go after signing in when nothing better is known. */
export const HOME = "/calendar";

/**
 * The page to return to after signing in, taken from `?next=`. Only a path of this site is
 * followed: an address that a browser would read as another host (`//host`, `/\host`) is not.
 */
export function safeNext(next: string | undefined): string {
  if (next === undefined || !next.startsWith("/")) return HOME;
  const base = "http://internal.invalid";
  const parsed = URL.canParse(next, base) ? new URL(next, base) : null;
  if (parsed?.origin !== base) return HOME;
  return `${parsed.pathname}${parsed.search}${parsed.hash}`;
}

/** A page's query as Next.js hands it over. */
export type Query = Record<string, string | string[] | undefined>;

/** The checked page to return to out of a page's query. */
export function nextFrom(query: Query): string {
  return safeNext(typeof query.next === "string" ? query.next : undefined);
}

/** The address of a door that leads on to `next`. */
export function withNext(door: "/sign-in" | "/sign-up", next: string): string {
  return next === HOME ? door : `${door}?next=${encodeURIComponent(next)}`;
}
