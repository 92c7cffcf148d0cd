import type { AuthModeVariables } from "../auth-mode";

/**
 * The publishable key, where both of Clerk's keys are set. It is read when it is needed and handed on from
 * there: the pages' build knows no key. @throws Error that names what is missing
 */
export function clerkPublishableKey(variables: AuthModeVariables): string {
  const { NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: publishableKey, CLERK_SECRET_KEY: secretKey } = variables;
  if (!publishableKey || !secretKey) {
    throw new Error("Signing in with Clerk needs NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY and CLERK_SECRET_KEY.");
  }
  return publishableKey;
}
