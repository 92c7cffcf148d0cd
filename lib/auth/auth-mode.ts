/** How people sign in: with e-mail and password kept here, or with Clerk. */
export type AuthMode = "local" | "clerk";

/** The variables that decide it: as a process has them, or checked ones. */
export type AuthModeVariables =
  | Readonly<Record<string, string | undefined>>
  | {
      readonly AUTH_MODE?: AuthMode;
      readonly NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY?: string;
      readonly CLERK_SECRET_KEY?: string;
    };

/**
 * `AUTH_MODE` where it is set; otherwise `clerk` as soon as one of Clerk's keys is, so that a forgotten
 * second key is named as missing and does not silently make another product of this one.
 */
export function authModeOf(variables: AuthModeVariables): AuthMode {
  if (variables.AUTH_MODE === "clerk" || variables.AUTH_MODE === "local") return variables.AUTH_MODE;
  return variables.NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY || variables.CLERK_SECRET_KEY ? "clerk" : "local";
}
