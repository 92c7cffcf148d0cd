import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface FakeRequest {
  method: string;
  path: string;
  body: string;
  authorization: string | null;
}

export interface FakeAnswer {
  status: number;
  body?: string;
  headers?: Record<string, string>;
}

/** A server on loopback that says what a test wants; `null` leaves the request without an answer. */
export interface FakeDav {
  url: string;
  requests: FakeRequest[];
  answer: (request: FakeRequest) => FakeAnswer | null;
  stop(): Promise<void>;
}

export async function startFakeDav(): Promise<FakeDav> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const seen: FakeRequest = {
        method: request.method ?? "",
        path: request.url ?? "",
        body: Buffer.concat(chunks).toString("utf8"),
        authorization: request.headers.authorization ?? null,
      };
      fake.requests.push(seen);
      const answer = fake.answer(seen);
      if (answer === null) return;
      const type = answer.status === 207 ? "application/xml; charset=utf-8" : "text/plain";
      response.writeHead(answer.status, { "content-type": type, ...answer.headers }).end(answer.body ?? "");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const fake: FakeDav = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
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

/** A multistatus of `[href, properties as XML]` rows; a number instead of properties is the row's own status. */
export function multistatus(rows: readonly (readonly [href: string, content: string | number])[]): FakeAnswer {
  const responses = rows.map(([href, content]) =>
    typeof content === "number"
      ? `<d:response><d:href>${href}</d:href><d:status>HTTP/1.1 ${content} X</d:status></d:response>`
      : `<d:response><d:href>${href}</d:href><d:propstat><d:prop>${content}</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>`,
  );
  const body = `<?xml version="1.0"?><d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav">${responses.join("")}</d:multistatus>`;
  return { status: 207, body };
}

export const etagOf = (etag: string) => `<d:getetag>"${etag}"</d:getetag>`;
export const objectOf = (etag: string, text: string) => `${etagOf(etag)}<c:calendar-data><![CDATA[${text}]]></c:calendar-data>`;

/** The hrefs a multiget asks for. */
export function askedHrefs(request: FakeRequest): string[] {
  return [...request.body.matchAll(/<d:href>([^<]*)<\/d:href>/g)].map((match) => match[1] ?? "");
}
