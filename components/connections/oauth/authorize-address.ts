/** Where a browser is sent to allow access at a provider; with a connection, to allow it again for that account. */
export function authorizeAddress(provider: string, connectionId?: string): string {
  const query = connectionId === undefined ? "" : `?connection=${encodeURIComponent(connectionId)}`;
  return `/api/oauth/${provider}/authorize${query}`;
}
