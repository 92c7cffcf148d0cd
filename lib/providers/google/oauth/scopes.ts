const CALENDAR = "https://www.googleapis.com/auth/calendar";

/** Without one of each line there is nothing to sync (Calendar API, "Choose scopes"): people may leave boxes empty. */
const NEEDED: readonly (readonly string[])[] = [
  [`${CALENDAR}.readonly`, CALENDAR],
  [`${CALENDAR}.events`, CALENDAR],
];

/** What is asked for: who somebody is, their calendars, and to write events. */
export const REQUESTED_SCOPES: readonly string[] = ["openid", "email", `${CALENDAR}.readonly`, `${CALENDAR}.events`];

/** True where what was allowed is enough. */
export function isEnough(granted: readonly string[]): boolean {
  return NEEDED.every((either) => either.some((scope) => granted.includes(scope)));
}
