import { OAuth2Client } from "google-auth-library";
import { calendar, type calendar_v3 } from "googleapis/build/src/apis/calendar/index.js";
import { expect } from "vitest";
import { SANDBOX_CLIENT } from "../google/oauth/clients";
import { type Sandbox } from "../sandbox";
import { problemsWith } from "./google-schema";

export const CALENDAR_SCOPE = "https://www.googleapis.com/auth/calendar";

/** Google's OAuth client, pointed at the sandbox. */
export function oauthClient(url: string, redirectUri: string): OAuth2Client {
  const google = `${url}/google`;
  return new OAuth2Client({
    clientId: SANDBOX_CLIENT.id,
    clientSecret: SANDBOX_CLIENT.secret,
    redirectUri,
    // A refused access token is refreshed even when its time has not come.
    forceRefreshOnFailure: true,
    issuers: [google],
    endpoints: {
      oauth2AuthBaseUrl: `${google}/o/oauth2/v2/auth`,
      oauth2TokenUrl: `${google}/token`,
      oauth2RevokeUrl: `${google}/revoke`,
      tokenInfoUrl: `${google}/tokeninfo`,
      oauth2FederatedSignonPemCertsUrl: `${google}/oauth2/v1/certs`,
      oauth2FederatedSignonJwkCertsUrl: `${google}/oauth2/v3/certs`,
    },
  });
}

/** Google's Calendar client with the tokens in `auth`. It tries nothing twice, so that tests see every answer. */
export function calendarClient(url: string, auth: OAuth2Client): calendar_v3.Calendar {
  return calendar({ version: "v3", auth, rootUrl: url, retry: false });
}

/** As {@link calendarClient}, for somebody who has consented already. */
export function connected(sandbox: Sandbox, account: string, scopes: readonly string[] = [CALENDAR_SCOPE]): calendar_v3.Calendar {
  const auth = oauthClient(sandbox.url, "http://127.0.0.1/unused");
  // Tests of refusals are to see the first one: Google's client takes a 401 and a 403 for an old token.
  auth.forceRefreshOnFailure = false;
  const { accessToken, refreshToken } = sandbox.control.google.connect(account, scopes);
  auth.setCredentials({ access_token: accessToken, refresh_token: refreshToken, expiry_date: Date.now() + 3_000_000 });
  return calendarClient(sandbox.url, auth);
}

/** The answer, after it has been held against Google's schema. */
export async function valid<Data>(schema: string, call: Promise<{ data: Data }>): Promise<Data> {
  const { data } = await call;
  expect(problemsWith(schema, data)).toEqual([]);
  return data;
}

/** Status and reason of a refused call. */
export async function refusalOf(call: Promise<unknown>): Promise<{ status: number; reason: string }> {
  try {
    await call;
  } catch (thrown) {
    const { response } = thrown as { response?: { status: number; data: { error?: { errors?: { reason: string }[] } } } };
    return { status: response?.status ?? 0, reason: response?.data.error?.errors?.[0]?.reason ?? "" };
  }
  throw new Error("The call was not refused.");
}

/** All pages of a listing, and the sync token of the last. */
export async function listAll(
  api: calendar_v3.Calendar,
  parameters: calendar_v3.Params$Resource$Events$List,
): Promise<{ events: calendar_v3.Schema$Event[]; pages: number; syncToken: string | undefined }> {
  const events: calendar_v3.Schema$Event[] = [];
  let pageToken: string | undefined;
  for (let pages = 1; ; pages += 1) {
    const page = await valid("Events", api.events.list({ ...parameters, ...(pageToken === undefined ? {} : { pageToken }) }));
    events.push(...(page.items ?? []));
    if (page.nextPageToken == null) return { events, pages, syncToken: page.nextSyncToken ?? undefined };
    expect(page.nextSyncToken).toBeUndefined();
    pageToken = page.nextPageToken;
  }
}
