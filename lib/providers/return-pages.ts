/** The pages that somebody may come back to after allowing access at a provider; the first where none was named. */
const RETURN_PAGES = ["/connections", "/calendar"] as const;

/** The page to come back to: one of the list, letter by letter, or the first of it. */
export function returnPage(wanted: string | null): string {
  return RETURN_PAGES.find((page) => page === wanted) ?? RETURN_PAGES[0];
}
