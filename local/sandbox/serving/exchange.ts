import { type IncomingHttpHeaders } from "node:http";

/**
 * How the pages of a listing are cut. `partial` pages are short and `empty` first pages have nothing on them, but both lead
 * on; `incomplete` and `nothing` leave out what there is and say that this was all.
 */
export type PageShape = "whole" | "partial" | "empty" | "incomplete" | "nothing";

/** One request, read completely. */
export interface SandboxRequest {
  method: string;
  /** Absolute, as the client asked for it. */
  url: URL;
  /** The named segments of the route's pattern, decoded. */
  params: Readonly<Record<string, string>>;
  headers: IncomingHttpHeaders;
  body: Buffer;
  pages: PageShape;
}

/** One answer. `hangUp` ends the connection without a word instead. */
export interface Answer {
  status: number;
  headers?: Readonly<Record<string, string>>;
  body?: string | Buffer;
  hangUp?: true;
}

/** Thrown by a handler to answer at once; what it did so far stays done. */
export class Refusal extends Error {
  constructor(readonly answer: Answer) {
    super(`refused with ${answer.status}`);
  }
}

export function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return {
    status,
    headers: { "Content-Type": "application/json; charset=UTF-8", "Cache-Control": "no-store", ...headers },
    body: JSON.stringify(body),
  };
}

export function seeOther(location: string): Answer {
  return { status: 303, headers: { Location: location, "Cache-Control": "no-store" } };
}

/** The body as a form; of a name that comes twice, the last value. */
export function formOf(request: SandboxRequest): Map<string, string> {
  return new Map(new URLSearchParams(request.body.toString("utf8")));
}

/** The body as JSON; `undefined` where it is none. */
export function jsonOf(request: SandboxRequest): unknown {
  try {
    return request.body.length === 0 ? {} : (JSON.parse(request.body.toString("utf8")) as unknown);
  } catch {
    return undefined;
  }
}
