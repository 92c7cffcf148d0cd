import { createServer, type RequestListener } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";

export interface FakeRequest {
  method: string;
  path: string;
  /** The host that the client meant, with its port. */
  host: string;
  body: string;
  authorization: string | null;
}

export interface FakeAnswer {
  status: number;
  body?: string | Uint8Array;
  headers?: Record<string, string>;
}

/** A server on loopback that says what a test wants; `null` leaves the request without an answer. */
export interface FakeDav {
  url: string;
  requests: FakeRequest[];
  answer: (request: FakeRequest) => FakeAnswer | null;
  stop(): Promise<void>;
}

/** Starts one; with a certificate it speaks https. */
export async function startFakeDav(certificate?: { key: string; cert: string }): Promise<FakeDav> {
  const listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const seen: FakeRequest = {
        method: request.method ?? "",
        path: request.url ?? "",
        host: request.headers.host ?? "",
        body: Buffer.concat(chunks).toString("utf8"),
        authorization: request.headers.authorization ?? null,
      };
      fake.requests.push(seen);
      const answer = fake.answer(seen);
      if (answer === null) return;
      const type = answer.status === 207 ? "application/xml; charset=utf-8" : "text/plain";
      response.writeHead(answer.status, { "content-type": type, ...answer.headers }).end(answer.body ?? "");
    });
  };
  const server = certificate === undefined ? createServer(listener) : createSecureServer(certificate, listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const fake: FakeDav = {
    url: `${certificate === undefined ? "http" : "https"}://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    requests: [],
    answer: () => ({ status: 404 }),
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return fake;
}

/**
 * A multistatus of `[href, properties as XML]` rows; a number instead of properties is the row's own status, and
 * `syncToken` what a sync-collection report ends with.
 */
export function multistatus(rows: readonly (readonly [href: string, content: string | number])[], syncToken?: string): FakeAnswer {
  const responses = rows.map(([href, content]) =>
    typeof content === "number"
      ? `<d:response><d:href>${href}</d:href><d:status>HTTP/1.1 ${content} X</d:status></d:response>`
      : `<d:response><d:href>${href}</d:href><d:propstat><d:prop>${content}</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>`,
  );
  const token = syncToken === undefined ? "" : `<d:sync-token>${syncToken}</d:sync-token>`;
  const namespaces = 'xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav" xmlns:cs="http://calendarserver.org/ns/"';
  const body = `<?xml version="1.0"?><d:multistatus ${namespaces}>${responses.join("")}${token}</d:multistatus>`;
  return { status: 207, body };
}

/** What a calendar says about itself when it is asked for its markers. */
export function markersOf({ syncToken, ctag }: { syncToken?: string; ctag?: string }): string {
  const reports = ["<c:calendar-multiget/>", "<c:calendar-query/>", ...(syncToken === undefined ? [] : ["<d:sync-collection/>"])];
  const set = reports.map((report) => `<d:supported-report><d:report>${report}</d:report></d:supported-report>`).join("");
  return [
    `<d:supported-report-set>${set}</d:supported-report-set>`,
    syncToken === undefined ? "" : `<d:sync-token>${syncToken}</d:sync-token>`,
    ctag === undefined ? "" : `<cs:getctag>${ctag}</cs:getctag>`,
  ].join("");
}

export const etagOf = (etag: string) => `<d:getetag>"${etag}"</d:getetag>`;
export const objectOf = (etag: string, text: string) => `${etagOf(etag)}<c:calendar-data><![CDATA[${text}]]></c:calendar-data>`;

/** The hrefs a multiget asks for. */
export function askedHrefs(request: FakeRequest): string[] {
  return [...request.body.matchAll(/<d:href>([^<]*)<\/d:href>/g)].map((match) => match[1] ?? "");
}
