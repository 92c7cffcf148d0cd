/**
 * The issuer as Clerk writes it into its tokens: with a scheme, without a slash at its end. `domain` is what
 * was set as CLERK_JWT_ISSUER_DOMAIN.
 */
export function clerkIssuerOf(domain: string): string {
  const withScheme = /^https?:\/\//.test(domain) ? domain : `https://${domain}`;
  return withScheme.replace(/\/+$/, "");
}
