const CALENDAR = "https://www.googleapis.com/auth/calendar";

/** What Google's consent screen says of the scopes that the sandbox knows. */
export const SCOPES: Readonly<Record<string, string>> = {
  openid: "Know who you are",
  email: "See your e-mail address",
  profile: "See your name",
  "https://www.googleapis.com/auth/userinfo.email": "See your e-mail address",
  "https://www.googleapis.com/auth/userinfo.profile": "See your name",
  [CALENDAR]: "See, edit, share and delete all your calendars",
  [`${CALENDAR}.readonly`]: "See all your calendars and their events",
  [`${CALENDAR}.events`]: "See and edit events on all your calendars",
  [`${CALENDAR}.events.readonly`]: "See events on all your calendars",
  [`${CALENDAR}.calendarlist`]: "See, add and remove calendars in your list",
  [`${CALENDAR}.calendarlist.readonly`]: "See the list of your calendars",
  [`${CALENDAR}.calendars`]: "Create and change calendars",
  [`${CALENDAR}.calendars.readonly`]: "See the names and zones of your calendars",
  [`${CALENDAR}.settings.readonly`]: "See your calendar settings",
};

/** What a method needs; one scope of its list is enough. From the method pages of the Calendar API reference. */
export type Need = keyof typeof NEEDS;

const NEEDS = {
  readEvents: [CALENDAR, `${CALENDAR}.readonly`, `${CALENDAR}.events`, `${CALENDAR}.events.readonly`],
  writeEvents: [CALENDAR, `${CALENDAR}.events`],
  readList: [CALENDAR, `${CALENDAR}.readonly`, `${CALENDAR}.calendarlist`, `${CALENDAR}.calendarlist.readonly`],
  writeList: [CALENDAR, `${CALENDAR}.calendarlist`],
  readCalendars: [CALENDAR, `${CALENDAR}.readonly`, `${CALENDAR}.calendars`, `${CALENDAR}.calendars.readonly`],
  writeCalendars: [CALENDAR, `${CALENDAR}.calendars`],
  readSettings: [CALENDAR, `${CALENDAR}.readonly`, `${CALENDAR}.settings.readonly`],
  anyCalendar: Object.keys(SCOPES).filter((scope) => scope.startsWith(CALENDAR)),
} as const satisfies Record<string, readonly string[]>;

export function allows(granted: readonly string[], need: Need): boolean {
  return NEEDS[need].some((scope) => granted.includes(scope));
}

/** `email` and `profile` are granted under their long names, beside `openid`, as Google answers them. */
export function grantedNames(scopes: readonly string[]): string[] {
  const long: Readonly<Record<string, string>> = {
    email: "https://www.googleapis.com/auth/userinfo.email",
    profile: "https://www.googleapis.com/auth/userinfo.profile",
  };
  return [...new Set(scopes.map((scope) => long[scope] ?? scope))];
}

/** Identity scopes come with every consent; the others a person may leave out one by one. */
export function isIdentity(scope: string): boolean {
  return !scope.startsWith(CALENDAR);
}
