import { calendar, type calendar_v3 } from "googleapis/build/src/apis/calendar/index.js";
import { NetworkError, toNetworkError } from "../../security/network-error";
import { createSafeFetch } from "../../security/safe-fetch";
import type { AccessTokenSource } from "../oauth";
import { CallRefused, type CallTerms, outgoingCalls } from "../outgoing-calls";
import { codeOfNetworkError, failureOf } from "./failures";
import { type Refusal, refusalOf, refused } from "./refusal";

export interface SessionOptions extends CallTerms {
  accessToken: AccessTokenSource;
  /** Where the API is, without its path: Google itself, or the stand-in. Nothing is sent to any other place. */
  rootUrl: URL;
  now: () => number;
  /** Time for one call. A full page of a large calendar takes Google some seconds. */
  timeoutMs: number;
  /** Most bytes of one answer, after decompression. */
  maxResponseBytes: number;
}

/** What a call brought: a body that nobody has looked at yet, or why there is none. */
export type Answer = { kind: "answer"; body: unknown } | Refusal;

/** One call: a method of Google's client with what it asks. */
export type Call = (api: calendar_v3.Calendar, options: { headers: Record<string, string> }) => Promise<ClientAnswer>;

interface ClientAnswer {
  status: number;
  headers: unknown;
  data: unknown;
}

/** Speaks with the Calendar API on behalf of one account. */
export interface GoogleSession {
  /** Never rejects for anything that Google or the network does. */
  send(call: Call): Promise<Answer>;
  close(): Promise<void>;
}

/**
 * Puts the access token into each call itself: Google's client would refresh it, and rotated refresh tokens and
 * withdrawn consents are not its business. A token that is not taken is replaced once, and the call made again.
 */
export function openSession(options: SessionOptions): GoogleSession {
  const { accessToken: source, rootUrl, now, timeoutMs, maxResponseBytes } = options;
  const http = createSafeFetch({ policy: policyFor(rootUrl), timeoutMs, maxResponseBytes, maxRedirects: 0 });
  const fetch = outgoingCalls(http.fetch, options);
  const api = calendar({
    version: "v3",
    rootUrl: rootUrl.href,
    fetchImplementation: (input, init) => {
      if (new URL(input instanceof Request ? input.url : input).origin === rootUrl.origin) return fetch(input, init);
      return Promise.reject(new NetworkError("address_forbidden", "Only Google is called in Google's name"));
    },
    responseType: "json",
    // Every status is an answer to be read here, and nothing is tried again behind our back.
    validateStatus: () => true,
    retry: false,
    userAgentDirectives: [{ product: "LinearTime", version: "1" }],
  });
  let token: string | null = null;

  const attempt = async (call: Call, accessToken: string): Promise<Answer> => {
    try {
      const { status, headers, data } = await call(api, { headers: { Authorization: `Bearer ${accessToken}` } });
      if (status >= 200 && status < 300) return { kind: "answer", body: data };
      return refusalOf({ status, retryAfter: headerOf(headers, "retry-after"), body: data }, now());
    } catch (error) {
      const unsent = unsentBecause(error);
      return unsent ?? refused(failureOf(codeOfNetworkError(toNetworkError(error).code)));
    }
  };

  return {
    async send(call) {
      if (token === null) {
        const given = await source();
        if (given.kind !== "token") return refused(given);
        token = given.accessToken;
      }
      const answer = await attempt(call, token);
      if (answer.kind === "answer" || answer.failure.code !== "sign_in_refused") return answer;
      const renewed = await source(token);
      if (renewed.kind !== "token") return refused(renewed);
      token = renewed.accessToken;
      return await attempt(call, token);
    },
    close: () => http.close(),
  };
}

/** The stand-in runs on the operator's own machine; Google does not. */
function policyFor(rootUrl: URL) {
  return { allowPrivate: rootUrl.origin !== GOOGLE.origin, ownPorts: [] };
}

export const GOOGLE = new URL("https://www.googleapis.com/");

/** Google's client passes on what its `fetch` rejects with as the cause of an error of its own. */
function unsentBecause(error: unknown): Refusal | null {
  for (let link = error; link instanceof Error; link = link.cause) {
    if (link instanceof CallRefused) return refused(link.failure);
  }
  return null;
}

/** The client hands out plain objects with lower-case names. */
function headerOf(headers: unknown, name: string): string | null {
  const found: unknown = typeof headers === "object" && headers !== null ? Object.entries(headers).find(([each]) => each === name)?.[1] : undefined;
  return typeof found === "string" ? found : null;
}
