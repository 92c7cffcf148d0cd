import { describe, expect, it } from "vitest";
import { NetworkError, toNetworkError } from "./network-error";

const failing = (code: string) => new TypeError("fetch failed", { cause: Object.assign(new Error("x"), { code }) });

describe("what a failed connection means", () => {
  it.each([
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "certificate_untrusted"],
    ["SELF_SIGNED_CERT_IN_CHAIN", "certificate_untrusted"],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "certificate_untrusted"],
    ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "certificate_untrusted"],
    ["CERT_REVOKED", "certificate_untrusted"],
    ["CERT_HAS_EXPIRED", "certificate_expired"],
    ["CERT_NOT_YET_VALID", "certificate_expired"],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "certificate_for_other_host"],
    ["ERR_SSL_WRONG_VERSION_NUMBER", "tls_failed"],
    ["EPROTO", "tls_failed"],
    ["ENOTFOUND", "host_not_found"],
    ["ECONNREFUSED", "connection_refused"],
    ["UND_ERR_SOCKET", "network_failed"],
    ["constructor", "network_failed"],
  ])("%s is %s", (code, expected) => expect(toNetworkError(failing(code)).code).toBe(expected));

  it("is found among the attempts at several addresses", () => {
    const both = new AggregateError([failing("x"), Object.assign(new Error("y"), { code: "ECONNREFUSED" })]);
    expect(toNetworkError(new TypeError("fetch failed", { cause: both })).code).toBe("connection_refused");
  });

  it("stays what it was when it has a name already", () => {
    const named = new NetworkError("address_forbidden", "x");
    expect(toNetworkError(new TypeError("fetch failed", { cause: named }))).toBe(named);
  });

  it("is not told with words from outside", () => {
    expect(toNetworkError(failing("EPROTO")).message).not.toContain("fetch failed");
    expect(toNetworkError("a text").code).toBe("network_failed");
  });
});
