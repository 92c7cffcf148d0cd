import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";
import { type Answer, json } from "./exchange";

/** A request as it came, before anybody looked for its route. */
export interface RawRequest {
  message: IncomingMessage;
  url: URL;
  body: Buffer;
}

export interface HttpServer {
  /** `http://127.0.0.1:PORT` */
  url: string;
  close(): Promise<void>;
}

/** More than any calendar event may have. */
const MAX_BODY_BYTES = 1_000_000;

/** Serves on 127.0.0.1 only. Port 0 takes a free one. Rejects where the port is taken. */
export async function startHttpServer(port: number, answer: (request: RawRequest) => Promise<Answer>): Promise<HttpServer> {
  const server = createServer((message, response) => {
    respond(message, answer).then(
      (made) => write(response, made),
      // The client went away, or sent what no HTTP client sends: there is nobody to tell.
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => closed(server) };
}

async function respond(message: IncomingMessage, answer: (request: RawRequest) => Promise<Answer>): Promise<Answer> {
  const address = `http://${message.headers.host ?? "127.0.0.1"}${message.url ?? "/"}`;
  const body = await bodyOf(message);
  if (!URL.canParse(address)) return json(400, { error: { code: 400, message: "Bad Request" } });
  if (body === null) return json(413, { error: { code: 413, message: "Request Entity Too Large" } });
  return answer({ message, url: new URL(address), body });
}

/** Null when it is too large; it is read to its end all the same, so that its sender gets to read the answer. */
async function bodyOf(message: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  return size <= MAX_BODY_BYTES ? Buffer.concat(chunks) : null;
}

function write(response: ServerResponse, { status, headers = {}, body, hangUp }: Answer): void {
  if (hangUp === true) {
    response.destroy();
    return;
  }
  response.writeHead(status, headers);
  response.end(body);
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)));
    server.closeAllConnections();
  });
}
