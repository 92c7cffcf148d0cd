/** What a page's policy depends on. */
export interface PolicyFacts {
  readonly nonce: string;
  /** Address of the Convex deployment; empty when there is none yet. */
  readonly convexUrl: string;
  /** Host of the Clerk instance that signs people in; null with local accounts. */
  readonly clerkHost: string | null;
  /** The development server needs `eval`. */
  readonly development: boolean;
}

/**
 * Content-Security-Policy of a page: it loads nothing from anywhere but here, and speaks to Convex alone. Where Clerk
 * signs people in, also its instance with its pictures, its bot check and the workers that it makes.
 */
export function contentSecurityPolicy({ nonce, convexUrl, clerkHost, development }: PolicyFacts): string {
  const clerk = (...sources: string[]) => (clerkHost === null ? [] : sources);
  const instance = `https://${clerkHost}`;
  const directives: Record<string, string[]> = {
    "default-src": ["'self'"],
    "script-src": ["'self'", `'nonce-${nonce}'`, "'strict-dynamic'", ...(development ? ["'unsafe-eval'"] : []), ...clerk(instance)],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", ...clerk("https://img.clerk.com")],
    "font-src": ["'self'"],
    "connect-src": ["'self'", convexUrl, convexUrl.replace(/^http/, "ws"), ...clerk(instance)].filter(Boolean),
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    ...(clerkHost === null
      ? {}
      : { "frame-src": ["'self'", "https://challenges.cloudflare.com"], "worker-src": ["'self'", "blob:"] }),
  };
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(" ")}`)
    .join("; ");
}
