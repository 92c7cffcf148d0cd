import { describe, expect, it } from "vitest";
import { isLoopbackUrl, isTrustedOrigin } from "./loopback";

describe("this machine", () => {
  it.each(["http://127.0.0.1:3000/a", "http://localhost/", "http://[::1]:80", "http://2130706433/"])("is meant by %s", (url) => {
    expect(isLoopbackUrl(new URL(url))).toBe(true);
  });

  it.each(["http://127.0.0.1.example.com/", "http://localhost.example.com/", "http://10.0.0.1/", "http://169.254.169.254/", "http://0.0.0.0/"])("is not meant by %s", (url) => {
    expect(isLoopbackUrl(new URL(url))).toBe(false);
  });
});

describe("who may press the sandbox's buttons", () => {
  it("programs on this machine and its own page", () => {
    expect(isTrustedOrigin("127.0.0.1:4000", undefined, undefined)).toBe(true);
    expect(isTrustedOrigin("127.0.0.1:4000", "http://127.0.0.1:4000", "same-origin")).toBe(true);
  });

  it("no page of another site, port or rebound name", () => {
    expect(isTrustedOrigin("127.0.0.1:4000", "https://example.com", "cross-site")).toBe(false);
    expect(isTrustedOrigin("127.0.0.1:4000", undefined, "cross-site")).toBe(false);
    expect(isTrustedOrigin("127.0.0.1:4000", "http://127.0.0.1:3000", "same-site")).toBe(false);
    expect(isTrustedOrigin("rebound.example.com:4000", "http://rebound.example.com:4000", "same-origin")).toBe(false);
    expect(isTrustedOrigin(undefined, undefined, undefined)).toBe(false);
  });
});
