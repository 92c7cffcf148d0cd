/** Everything that can go wrong between us and a server before it has answered in full. */
export type NetworkErrorCode =
  | "address_invalid"
  | "address_forbidden"
  | "host_not_found"
  | "connection_refused"
  | "host_unreachable"
  | "certificate_untrusted"
  | "certificate_expired"
  | "certificate_for_other_host"
  | "tls_failed"
  | "timed_out"
  | "redirect_off_site"
  | "answer_too_large"
  | "network_failed";

/** Messages name hosts at most; never paths, headers, bodies or credentials. */
export class NetworkError extends Error {
  override readonly name = "NetworkError";
  constructor(
    readonly code: NetworkErrorCode,
    message: string,
  ) {
    super(message);
  }
}

const CODES: Readonly<Record<string, NetworkErrorCode>> = {
  ENOTFOUND: "host_not_found",
  EAI_AGAIN: "host_not_found",
  EAI_NODATA: "host_not_found",
  ENODATA: "host_not_found",
  ECONNREFUSED: "connection_refused",
  EHOSTUNREACH: "host_unreachable",
  ENETUNREACH: "host_unreachable",
  EADDRNOTAVAIL: "host_unreachable",
  EHOSTDOWN: "host_unreachable",
  ETIMEDOUT: "timed_out",
  UND_ERR_CONNECT_TIMEOUT: "timed_out",
  UND_ERR_HEADERS_TIMEOUT: "timed_out",
  UND_ERR_BODY_TIMEOUT: "timed_out",
  UND_ERR_HEADERS_OVERFLOW: "answer_too_large",
  ERR_TLS_CERT_ALTNAME_INVALID: "certificate_for_other_host",
  HOSTNAME_MISMATCH: "certificate_for_other_host",
  CERT_HAS_EXPIRED: "certificate_expired",
  CERT_NOT_YET_VALID: "certificate_expired",
  EPROTO: "tls_failed",
};

/** What OpenSSL says of a chain that does not end at an authority we know (`openssl verify`, Node's `tls`). */
const CERTIFICATE_CODE = /^(CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_)/;
const TLS_CODE = /^(ERR_TLS_|ERR_SSL_|ERR_OSSL)/;

/** Names what an error thrown by `fetch`, a socket or the resolver means; digs through its causes. */
export function toNetworkError(error: unknown): NetworkError {
  for (const link of chainOf(error)) {
    if (link instanceof NetworkError) return link;
    if (link.name === "TimeoutError") return new NetworkError("timed_out", "The server took too long to answer");
    const code = "code" in link && typeof link.code === "string" ? link.code : "";
    const known = codeOf(code);
    if (known !== null) return new NetworkError(known, `The connection failed (${code})`);
  }
  return new NetworkError("network_failed", "The connection was cut off before the server had answered");
}

function codeOf(code: string): NetworkErrorCode | null {
  if (Object.hasOwn(CODES, code)) return CODES[code] ?? null;
  if (CERTIFICATE_CODE.test(code)) return "certificate_untrusted";
  return TLS_CODE.test(code) ? "tls_failed" : null;
}

function* chainOf(error: unknown): Generator<Error, void, void> {
  let link = error;
  for (let depth = 0; depth < 8 && link instanceof Error; depth += 1) {
    yield link;
    if (link instanceof AggregateError) for (const inner of link.errors) if (inner instanceof Error) yield inner;
    link = link.cause;
  }
}
