import { NextResponse } from "next/server";
import { readBody } from "./read-body";

/** A form is a few short fields; what is larger is not one. */
const MAX_BYTES = 16 * 1024;

export interface Problem {
  ok: false;
  field: "name" | "email" | "password" | null;
  message: string;
}

/** The answer to a form that was not accepted. */
export function problem(status: number, message: string, field: Problem["field"] = null, headers?: HeadersInit): NextResponse<Problem> {
  return NextResponse.json({ ok: false, field, message }, { status, headers });
}

/**
 * The string fields of a JSON body that our own page has sent, or the answer to give instead.
 * A page of another origin cannot make a visitor's browser act here.
 */
export async function readForm(
  request: Request,
): Promise<{ form: Record<string, string> } | { refusal: NextResponse<Problem> }> {
  if (!isSameOrigin(request)) return { refusal: problem(403, "This request did not come from LinearTime's own page.") };
  const bytes = await readBody(request, MAX_BYTES);
  if (bytes === null) return { refusal: problem(413, "This form is too large.") };
  const fields = parseObject(new TextDecoder().decode(bytes));
  if (fields === null) return { refusal: problem(400, "Send the form as a JSON object.") };
  const strings = Object.entries(fields).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return { form: Object.fromEntries(strings) };
}

/** True where `Origin` names the host that the request was sent to. */
export function isSameOrigin(request: Request): boolean {
  const origin = request.headers.get("origin");
  const host = request.headers.get("host");
  return origin !== null && URL.canParse(origin) && new URL(origin).host === host;
}

function parseObject(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}
