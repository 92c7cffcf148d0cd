import { SANDBOX_CLIENT } from "../../../local/sandbox/google/oauth/clients";
import type { Environment } from "../../../lib/environment/validate";

/** What ties a deployment to a stand-in for Google. */
export const googleAt = (url: string): Environment => ({
  GOOGLE_CLIENT_ID: SANDBOX_CLIENT.id,
  GOOGLE_CLIENT_SECRET: SANDBOX_CLIENT.secret,
  GOOGLE_SANDBOX_URL: url,
});

/** What somebody decides on the consent page. */
export interface Decision {
  /** Google's id of the account. */
  account: string;
  decision?: "allow" | "deny";
  /** Which of the boxes stay ticked; by default all. */
  tick?: (scope: string) => boolean;
}

/** Opens a consent page as a browser does, decides, and returns the address that the browser is sent back to. */
export async function decide(authorizationUrl: string, { account, decision = "allow", tick = () => true }: Decision): Promise<URL> {
  const asked = new URL(authorizationUrl);
  const page = await (await fetch(asked)).text();
  const request = /name="request" value="([^"]+)"/.exec(page)?.[1] ?? "";
  const action = /action="([^"]+)"/.exec(page)?.[1] ?? "";
  const scopes = (asked.searchParams.get("scope") ?? "").split(" ").filter(tick);
  const form = new URLSearchParams({ request, account, decision });
  for (const scope of scopes) form.append("scope", scope);
  const answer = await fetch(new URL(action, asked), { method: "POST", body: form, redirect: "manual" });
  const back = answer.headers.get("location");
  if (back === null) throw new Error(`The consent page answered ${answer.status} and sent nobody back.`);
  return new URL(back);
}
