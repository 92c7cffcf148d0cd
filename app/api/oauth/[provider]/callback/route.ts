import { NextResponse } from "next/server";
import { api } from "@/convex/_generated/api";
import { s256 } from "@/lib/security/pkce";
import { signedIn } from "../../../auth/signed-in";
import { serverAction, serverMutation } from "../../../convex-server";
import { appUrl, backTo, parameter, providerOf, seeOther, unreachable } from "../../redirects";

interface Context {
  params: Promise<{ provider: string }>;
}

/** What a provider may say instead of a code and we have a sentence for (RFC 6749 §4.1.2.1). */
const KNOWN_ERRORS: ReadonlySet<string> = new Set(["access_denied"]);

/** A browser comes back from a provider. Whatever it brings, it ends on a page of ours. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const provider = providerOf((await params).provider);
  if (provider === null) return new NextResponse("There is no such provider.", { status: 404 });
  const query = new URL(request.url).searchParams;
  const state = parameter(query, "state");
  const code = parameter(query, "code");
  const error = parameter(query, "error");
  if (state === null || (code === null && error === null)) return backTo(null, provider, "state_invalid");
  try {
    const person = await signedIn();
    if (person === null) return seeOther(`${appUrl()}/sign-in?expired&next=/connections`);
    const { session, token } = person;
    if (code === null || error !== null) {
      const stateHash = await s256(state);
      const page = await serverMutation(api.connections.oauth.states.abandon, { provider, stateHash, session }, token);
      if (page === null) return backTo(null, provider, "state_invalid");
      return backTo(page, provider, error !== null && KNOWN_ERRORS.has(error) ? error : "provider_refused");
    }
    const outcome = await serverAction(
      api.connections.oauth.complete.complete,
      { provider, session, state, code, issuer: parameter(query, "iss") },
      token,
    );
    return backTo(outcome.returnTo, provider, outcome.code);
  } catch (thrown) {
    return unreachable(provider, thrown);
  }
}
