import { fromBase64 } from "../../security/base64";

const HOST = /^(?=.{4,253}$)[a-z0-9-]+(?:\.[a-z0-9-]+)+$/;

/**
 * The host of the Clerk instance that a publishable key belongs to (`clerk.example.com`): the key is
 * `pk_live_` or `pk_test_` and the base64 of that host with a `$` behind it. Null for anything else.
 */
export function clerkHostOf(publishableKey: string): string | null {
  const encoded = /^pk_(?:live|test)_(.+)$/.exec(publishableKey)?.[1];
  const bytes = encoded === undefined ? null : fromBase64(encoded);
  const text = bytes === null ? "" : new TextDecoder().decode(bytes);
  const host = text.endsWith("$") ? text.slice(0, -1) : "";
  return HOST.test(host) ? host : null;
}
