/** What every run of Next.js gets: it reports to nobody and never looks anything up in a package registry. */
export const nextEnvironment: Readonly<Record<string, string>> = {
  NEXT_TELEMETRY_DISABLED: "1",
  NEXT_IGNORE_INCORRECT_LOCKFILE: "1",
};
