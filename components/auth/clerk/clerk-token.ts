import { keepTrying } from "../keep-trying";

/** Of Clerk's `getToken` what is used here: it rejects when Clerk cannot be reached, null means signed out. */
export type GetClerkToken = (options: { template?: string; skipCache?: boolean }) => Promise<string | null>;

/** The JWT template in Clerk that makes tokens for Convex. */
const TEMPLATE = "convex";

/**
 * A token for Convex, or null when the session is over. With Clerk's Convex integration the session's own token is
 * one; otherwise it is made from the template.
 */
export async function fetchClerkToken(
  getToken: GetClerkToken,
  { isIntegration, isFresh }: { isIntegration: boolean; isFresh: boolean },
): Promise<string | null> {
  const options = { skipCache: isFresh, ...(isIntegration ? {} : { template: TEMPLATE }) };
  return keepTrying(() => getToken(options).catch(() => undefined));
}
