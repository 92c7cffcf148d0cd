import { davRequest } from "tsdav";
import { signedFetch } from "../../security/http-login";
import { LoginMemory } from "../../security/login-memory";
import type { SafeFetch } from "../../security/safe-fetch";
import { isSameSite } from "../../security/same-site";
import { DavFailure, failureOfResponse, toDavFailure } from "./dav-failure";
import { childOf, exactTextOf, textOf } from "./dav-xml";
import { hasDavShape } from "./xml-shape";

/** One `response` of a multistatus. */
export interface DavRow {
  href: string;
  status: number;
  /** Properties found, by camelCase name; read them with `dav-xml`. */
  props: Readonly<Record<string, unknown>>;
}

export interface Multistatus {
  /** Where the answer came from, after redirects: relative hrefs resolve against it. */
  url: URL;
  rows: DavRow[];
  /** What a sync-collection report ends with (RFC 6578 §6.4); null elsewhere. */
  syncToken: string | null;
}

/** A request body as tsdav writes it, element names with the prefixes of {@link NAMESPACES}. */
export type DavBody = Record<string, unknown>;

/** Speaks WebDAV with one server on behalf of one user. Every method rejects with a {@link DavFailure}. */
export interface DavSession {
  propfind(url: URL, props: readonly string[], depth: "0" | "1"): Promise<Multistatus>;
  report(url: URL, body: DavBody, depth: "0" | "1"): Promise<Multistatus>;
  get(url: URL): Promise<{ etag: string | null; text: string }>;
  /**
   * Why nothing may be sent to an address, as far as it can be told without calling it; null where it may. Checked
   * before every request; ask it for hrefs that are to be kept for later.
   */
  refusalOf(url: URL): DavFailure | null;
  close(): Promise<void>;
}

export const NAMESPACES = {
  "xmlns:d": "DAV:",
  "xmlns:c": "urn:ietf:params:xml:ns:caldav",
  "xmlns:cs": "http://calendarserver.org/ns/",
  "xmlns:ca": "http://apple.com/ns/ical/",
} as const;

export interface SessionOptions {
  http: SafeFetch;
  /** Credentials are sent to this site only (RFC 4918 says nothing; hrefs are the server's choice). */
  home: URL;
  username: string;
  password: string;
  now: () => number;
  /** How servers want users to sign in; this process's own when left out. */
  logins?: LoginMemory;
}

const LOGINS = new LoginMemory();

/**
 * Signs in to every request: Digest where the server offers it, Basic else. Throws a {@link DavFailure} where the
 * credentials cannot be written.
 */
export function openSession({ http, home, username, password, now, logins = LOGINS }: SessionOptions): DavSession {
  const signed = signedFetch({ fetch: http.fetch, username, password, memory: logins });
  if (signed === null) throw new DavFailure("username_invalid", home.host);

  const refusalOf = (url: URL): DavFailure | null => {
    if (!isSameSite(home, url)) return new DavFailure("redirect_off_site", home.host);
    const verdict = http.check(url);
    return verdict.ok ? null : new DavFailure(verdict.code, url.host);
  };
  const send = async (url: URL, init: RequestInit): Promise<Response> => {
    const refusal = refusalOf(url);
    if (refusal !== null) throw refusal;
    const response = await signed(url, init);
    if (!response.ok) throw failureOfResponse(response, url.host, now());
    return response;
  };

  const multistatus = async (url: URL, method: "PROPFIND" | "REPORT", body: DavBody, depth: "0" | "1") => {
    let answered: URL = url;
    const answers = await davRequest({
      url: url.href,
      init: { method, headers: { depth }, namespace: "d", body },
      fetch: async (_, init) => {
        const response = await send(url, init ?? {});
        if (response.status !== 207) throw new DavFailure("not_caldav", url.host, response.status);
        if (response.url !== "") answered = new URL(response.url);
        const text = await response.text();
        if (!isWhole(text)) throw new DavFailure(/multistatus/i.test(text) ? "network_failed" : "not_caldav", url.host);
        if (!hasDavShape(text)) throw new DavFailure("not_caldav", url.host);
        return new Response(text, { status: 207, headers: { "content-type": "application/xml" } });
      },
    }).catch((error: unknown) => {
      throw toDavFailure(error, url.host);
    });
    const rows = answers.flatMap(({ href, status, props }): DavRow[] => {
      const text = textOf(href);
      return text === null || props === undefined ? [] : [{ href: text.trim(), status, props }];
    });
    // XML that cannot be parsed comes back as text.
    if (answers.some(({ raw }) => typeof raw === "string")) throw new DavFailure("not_caldav", url.host);
    return { url: answered, rows, syncToken: exactTextOf(childOf(childOf(answers[0]?.raw, "multistatus"), "syncToken")) };
  };

  return {
    propfind: (url, props, depth) =>
      multistatus(
        url,
        "PROPFIND",
        { propfind: { _attributes: NAMESPACES, prop: Object.fromEntries(props.map((name) => [name, {}])) } },
        depth,
      ),
    report: (url, body, depth) => multistatus(url, "REPORT", body, depth),
    get: async (url) => {
      try {
        const response = await send(url, { method: "GET", headers: { accept: "text/calendar" } });
        return { etag: response.headers.get("etag"), text: await response.text() };
      } catch (error) {
        throw toDavFailure(error, url.host);
      }
    },
    refusalOf,
    close: () => http.close(),
  };
}

/** The parser takes half an answer for a whole one, and half a listing would look like deletions. */
function isWhole(text: string): boolean {
  const whole = text.trimEnd();
  // Only the last tag is looked at: a pattern that runs over all of a hostile answer would take for ever.
  const tag = whole.slice(Math.max(whole.lastIndexOf("<"), whole.length - 2_000));
  return /^<\/(?:[\w.-]+:)?multistatus\s*>$/i.test(tag) || /^<(?:[\w.-]+:)?multistatus\b[^<>]*\/>$/i.test(tag);
}
