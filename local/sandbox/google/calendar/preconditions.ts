import { type Answer, type SandboxRequest } from "../../serving/exchange";
import { preconditionFailed } from "../refusals";

/** Throws 412 unless `If-Match` names the version that is there (RFC 9110 §13.1.1). */
export function checkIfMatch(request: SandboxRequest, etag: string): void {
  const wanted = request.headers["if-match"];
  if (wanted !== undefined && !names(wanted, etag)) throw preconditionFailed();
}

/** The answer for somebody who has this version already (`If-None-Match`, RFC 9110 §13.1.2). */
export function notModified(request: SandboxRequest, etag: string): Answer | null {
  const known = request.headers["if-none-match"];
  return known !== undefined && names(known, etag) ? { status: 304, headers: { ETag: etag } } : null;
}

function names(header: string, etag: string): boolean {
  return header.split(",").some((each) => each.trim() === "*" || each.trim() === etag || each.trim() === `W/${etag}`);
}
