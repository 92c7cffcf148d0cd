/** Follow the system, or one of the two whatever the system says. */
export type Theme = "system" | "light" | "dark";

/** Where the choice lives: in a cookie, so that the first byte of a page already knows it. */
export const THEME_COOKIE = "theme";

/** Reads a stored choice; anything unknown follows the system. */
export function parseTheme(stored: string | undefined): Theme {
  return stored === "light" || stored === "dark" ? stored : "system";
}

/** The value of `data-theme` on the root element; none while the system decides. */
export function themeAttribute(theme: Theme): "light" | "dark" | undefined {
  return theme === "system" ? undefined : theme;
}
