import { NextResponse } from "next/server";
import { api } from "@/convex/_generated/api";
import { callerAddress } from "../../../auth/session";
import { signedIn } from "../../../auth/signed-in";
import { serverAction } from "../../../convex-server";
import { appUrl, backTo, parameter, providerOf, redirectUriOf, seeOther, unreachable } from "../../redirects";

interface Context {
  params: Promise<{ provider: string }>;
}

/**
 * Sends a signed-in browser to a provider's consent page. `?return=` names the page to come back to, `?connection=` an
 * account to reconnect. Only our own pages lead here.
 */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const provider = providerOf((await params).provider);
  if (provider === null) return new NextResponse("There is no such provider.", { status: 404 });
  const query = new URL(request.url).searchParams;
  const returnTo = parameter(query, "return");
  if (request.headers.get("sec-fetch-site") === "cross-site") return backTo(null, provider, "cross_site");
  if (request.headers.get("host") !== new URL(appUrl()).host) return backTo(returnTo, provider, "wrong_address");
  try {
    const person = await signedIn();
    if (person === null) return seeOther(`${appUrl()}/sign-in?expired&next=/connections`);
    const outcome = await serverAction(
      api.connections.oauth.start.start,
      {
        provider,
        session: person.session,
        address: await callerAddress(),
        redirectUri: redirectUriOf(provider),
        returnTo,
        connectionId: parameter(query, "connection"),
      },
      person.token,
    );
    return outcome.ok ? seeOther(outcome.url) : backTo(returnTo, provider, outcome.code);
  } catch (error) {
    return unreachable(provider, error);
  }
}
