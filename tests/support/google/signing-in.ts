import { ConvexHttpClient } from "convex/browser";
import { api } from "../../../convex/_generated/api";
import type { TestBackend } from "../backend";
import type { Visitor } from "../visitor";
import { decide, type Decision } from "./consent";

export const REDIRECT_URI = "http://127.0.0.1:3000/api/oauth/google/callback";

/** What our route handlers do for a browser, step by step. */
export interface Browser {
  /** Where the browser is sent to; the code of a refusal otherwise. */
  start(options?: { connectionId?: string; returnTo?: string }): Promise<string>;
  /** What the callback hands on. */
  comeBack(back: URL, changes?: { provider?: string; session?: string; state?: string }): Promise<{ code: string; returnTo: string | null }>;
  /** Both, with a decision in between. */
  connect(decision: Decision, options?: { connectionId?: string; returnTo?: string }): Promise<{ code: string; returnTo: string | null }>;
}

export function browserOf(backend: TestBackend, visitor: Visitor): Browser {
  const secret = backend.secrets.serverSecret;
  const client = async () => new ConvexHttpClient(backend.url, { auth: await visitor.token(), logger: false });
  const start: Browser["start"] = async ({ connectionId = null, returnTo = null }: { connectionId?: string | null; returnTo?: string | null } = {}) => {
    const begun = await (await client()).action(api.connections.oauth.start.start, {
      secret,
      provider: "google",
      session: visitor.session,
      address: "127.0.0.1",
      redirectUri: REDIRECT_URI,
      returnTo,
      connectionId,
    });
    return begun.ok ? begun.url : begun.code;
  };
  const comeBack: Browser["comeBack"] = async (back, changes = {}) =>
    await (await client()).action(api.connections.oauth.complete.complete, {
      secret,
      provider: "google",
      session: visitor.session,
      state: back.searchParams.get("state") ?? "",
      code: back.searchParams.get("code") ?? "",
      issuer: back.searchParams.get("iss"),
      ...changes,
    });
  return {
    start,
    comeBack,
    connect: async (decision, options) => await comeBack(await decide(await start(options), decision)),
  };
}
