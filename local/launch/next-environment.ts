/** What every run of Next.js gets: it and Clerk report to nobody, and it never looks anything up in a package registry. */
export const nextEnvironment: Readonly<Record<string, string>> = {
  NEXT_TELEMETRY_DISABLED: "1",
  CLERK_TELEMETRY_DISABLED: "1",
  NEXT_PUBLIC_CLERK_TELEMETRY_DISABLED: "1",
  NEXT_IGNORE_INCORRECT_LOCKFILE: "1",
};
