import type { Doc } from "../_generated/dataModel";

/** How an account is called on screen: `nora on dav.example.com`. */
export function connectionLabel(config: Pick<Doc<"providerConfigs">, "account" | "serverUrl">): string {
  const host = URL.canParse(config.serverUrl) ? new URL(config.serverUrl).host : config.serverUrl;
  return config.account.includes("@") ? config.account : `${config.account} on ${host}`;
}
