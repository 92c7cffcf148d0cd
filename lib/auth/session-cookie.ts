/** The browser's session. Its value is random; only its hash is stored. */
export const SESSION_COOKIE = "lt_session";

/** How long the browser keeps it, seconds: as long as the session lives. */
export const SESSION_COOKIE_MAX_AGE_S = 30 * 24 * 60 * 60;
