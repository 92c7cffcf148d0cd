import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { z } from "zod";
import type { HttpSink } from "../workers/actions/action-runner";
import { FunctionError } from "../values/encoded-value";

/** A request that is answered with an HTTP status and a code, as the official clients and the CLI read them. */
export class HttpRefusal extends FunctionError {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** Where a request goes. Throws {@link HttpRefusal} for an address that is none. */
export function addressOf(request: IncomingMessage): URL {
  const target = request.url ?? "/";
  // A path may begin with two slashes, and does not name another host by that.
  const address = target.startsWith("/") ? `http://host${target}` : target;
  if (!URL.canParse(address)) throw new HttpRefusal(400, "BadAddress", "The address of the request cannot be read.");
  return new URL(address);
}

/** How much more than it may be a body is read and thrown away, so that its sender gets to read the refusal. */
const PATIENCE_FACTOR = 4;

/** The `Content-Encoding`s that are understood (RFC 9110, section 8.4.1), and Brotli. */
const DECOMPRESSION: Record<string, () => Duplex> = { br: createBrotliDecompress, gzip: createGunzip, "x-gzip": createGunzip, deflate: createInflate };

/**
 * Reads a request's body, decompressed unless it is wanted `asSent`. Rejects with {@link HttpRefusal} when it is larger than
 * `maxBytes`, or not in an encoding that is known.
 */
export async function readBody(request: IncomingMessage, maxBytes: number, asSent = false): Promise<Buffer> {
  const encoding = (asSent ? undefined : request.headers["content-encoding"])?.toLowerCase() ?? "identity";
  const decompression = Object.hasOwn(DECOMPRESSION, encoding) ? DECOMPRESSION[encoding] : undefined;
  if (decompression === undefined && encoding !== "identity") {
    throw new HttpRefusal(415, "UnsupportedEncoding", `The Content-Encoding "${encoding}" is not known. Send one of: ${Object.keys(DECOMPRESSION).join(", ")}.`);
  }
  const stream = decompression === undefined ? request : request.pipe(decompression());
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let size = 0;
    const tooLarge = (): void => reject(new HttpRefusal(413, "PayloadTooLarge", `The request is larger than ${maxBytes} bytes.`));
    stream.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) chunks.push(chunk);
      else chunks = [];
      if (size <= maxBytes || stream === request) return;
      // A few bytes can be gigabytes: only the rest of what was sent is read.
      stream.destroy();
      request.resume();
      tooLarge();
    });
    let sent = 0;
    request.on("data", (chunk: Buffer) => {
      sent += chunk.length;
      if (sent > maxBytes * PATIENCE_FACTOR) request.destroy();
    });
    stream.on("end", () => (size <= maxBytes ? resolve(Buffer.concat(chunks)) : tooLarge()));
    const broken = (): void => reject(new HttpRefusal(400, "BadBody", "The body could not be read."));
    stream.on("error", broken);
    request.on("error", broken);
    request.on("close", () => {
      if (!request.complete) broken();
    });
  });
}

/** As {@link readBody}, parsed as JSON. */
export async function readJson(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  const body = await readBody(request, maxBytes);
  try {
    return body.length === 0 ? {} : (JSON.parse(body.toString("utf8")) as unknown);
  } catch {
    throw new HttpRefusal(400, "BadJsonBody", "The body is not valid JSON.");
  }
}

/** A body as `shape` has it. Throws {@link HttpRefusal} that says where it differs. */
export function parseBody<T>(shape: z.ZodType<T>, body: unknown): T {
  const parsed = shape.safeParse(body);
  if (!parsed.success) throw new HttpRefusal(400, "BadRequest", `The body is not as expected: ${z.prettifyError(parsed.error).slice(0, 1000)}`);
  return parsed.data;
}

/** Answers with JSON. */
export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  sendText(response, status, JSON.stringify(body));
}

/** Answers with what is JSON text already. */
export function sendText(response: ServerResponse, status: number, json: string): void {
  if (response.headersSent) return;
  response.writeHead(status, { "Content-Type": "application/json" });
  response.end(json);
}

/** Lets pages of any origin call: nothing here rests on cookies. Returns true when the request was a preflight and is answered. */
export function applyCors(request: IncomingMessage, response: ServerResponse): boolean {
  const { origin } = request.headers;
  if (origin === undefined) return false;
  response.setHeader("Access-Control-Allow-Origin", origin);
  response.setHeader("Vary", "Origin");
  if (request.method !== "OPTIONS") return false;
  response.setHeader("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE, OPTIONS");
  response.setHeader("Access-Control-Allow-Headers", request.headers["access-control-request-headers"] ?? "*");
  response.setHeader("Access-Control-Max-Age", "86400");
  response.writeHead(204).end();
  return true;
}

/** Sends the answer of an HTTP action as it comes, no faster than its reader takes it. */
export function httpSink(response: ServerResponse): HttpSink {
  return {
    head: ({ status, headers }) => {
      response.writeHead(status, headers.flat());
      response.flushHeaders();
    },
    chunk: (chunk) =>
      new Promise((resolve) => {
        if (response.destroyed) return resolve(false);
        const gone = (): void => resolve(false);
        response.once("close", gone);
        response.write(chunk, (error) => {
          response.off("close", gone);
          resolve(!error);
        });
      }),
  };
}
