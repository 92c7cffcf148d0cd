import { validateHeaderName, validateHeaderValue } from "node:http";
import { types } from "node:util";
import { limits } from "../../limits";
import { FunctionError } from "../../values/encoded-value";
import type { HttpHead } from "../worker-protocol";

/** What speaks of the connection and not of the answer (RFC 9110, section 7.6.1): the host's own business. */
const OF_THE_CONNECTION = new Set(["connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade"]);

/** What an HTTP action has returned, as an answer. Throws {@link FunctionError} when it is none. */
export function asResponse(returned: unknown): Response {
  if (!(returned instanceof Response)) throw new FunctionError("HTTP actions must return a Response.");
  return returned;
}

/** How an answer begins. Throws {@link FunctionError} for one that cannot be sent. */
export function headOf({ status, headers }: Response): HttpHead {
  if (status < 200 || status > 599) throw new FunctionError(`HTTP actions must answer with a status from 200 to 599, not ${status}.`);
  const sent = [...headers].filter(([name]) => !OF_THE_CONNECTION.has(name.toLowerCase()));
  for (const [name, value] of sent) {
    try {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    } catch {
      throw new FunctionError(`The header ${JSON.stringify(name)} of an HTTP action's answer cannot be sent: its name or value has a character that HTTP does not allow.`);
    }
  }
  return { status, headers: sent };
}

/** Measures the body of one answer as it goes out. */
export class BodyMeter {
  private sent = 0;
  private readonly promised: number | null;

  /** `withoutBody`: the answer is one to HEAD, whose length is that of another. */
  constructor({ headers }: HttpHead, withoutBody: boolean) {
    const [, length] = headers.find(([name]) => name.toLowerCase() === "content-length") ?? [];
    this.promised = length === undefined || withoutBody ? null : Number(length);
  }

  /** The next bytes to send. Throws {@link FunctionError} for what is none, or is more than may be sent or was promised. */
  take(value: unknown): Uint8Array {
    const chunk = typeof value === "string" ? new TextEncoder().encode(value) : value;
    if (!types.isUint8Array(chunk)) throw new FunctionError("The body of an HTTP action's answer must come in chunks that are each a Uint8Array.");
    this.sent += chunk.byteLength;
    if (this.sent > limits.httpResponseBytes) throw new FunctionError(`HttpResponseTooLarge: HTTP actions support responses up to ${limits.httpResponseBytes} bytes.`);
    if (this.promised !== null && this.sent > this.promised) throw this.broken("more");
    return chunk;
  }

  /** Throws {@link FunctionError} when less has gone out than was promised: its reader would wait for the rest. */
  end(): void {
    if (this.promised !== null && this.sent !== this.promised) throw this.broken(`${this.sent} bytes`);
  }

  private broken(found: string): FunctionError {
    return new FunctionError(`The Content-Length of an HTTP action's answer is ${this.promised}, but its body has ${found}. Leave the header out, or make it true.`);
  }
}
