import { describe, expect, it } from "vitest";
import type { AddressPolicy } from "./addresses";
import { checkUrl } from "./safe-url";

const strict = { allowPrivate: false, ownPorts: [] };
const open = { allowPrivate: true, ownPorts: [3000] };
const codeOf = (url: string, policy: AddressPolicy = strict) => {
  const verdict = checkUrl(url, policy);
  return verdict.ok ? "ok" : verdict.code;
};

describe("a URL that somebody typed", () => {
  it.each([
    "https://127.1", "https://0x7f000001", "https://2130706433", "https://0177.0.0.1", "https://127.0.0.1.", "https://127.0.0.1:8443",
    "https://①②⑦.⓪.⓪.①", "https://[::]", "https://0.0.0.0", "https://0", "https://[::ffff:7f00:1]", "https://[::7f00:1]",
    "https://[64:ff9b::7f00:1]", "https://[2002:7f00:1::]", "https://169.254.169.254/latest/meta-data/", "https://[fd00:ec2::254]/",
    "https://168.63.129.16", "https://100.100.100.200", "https://10.0.0.1", "https://[fe80::1]",
    "http://example.com",
  ])("%s is forbidden", (url) => expect(codeOf(url)).toBe("address_forbidden"));

  it.each([
    "https://good@127.0.0.1", "https://good:secret@example.com", "file:///etc/passwd", "gopher://example.com", "ftp://example.com",
    "javascript:alert(1)", "data:text/calendar,x", "", "https://", "example.com", "https://exa mple.com",
  ])("%s is invalid", (url) => expect(codeOf(url)).toBe("address_invalid"));

  it.each(["https://example.com", "https://caldav.example.com:8443/dav/", "https://8.8.8.8/", "https://[2606:4700::1111]/"])("%s is fine", (url) => {
    expect(codeOf(url)).toBe("ok");
  });

  it("may be private, and plain http, where that is allowed: never metadata, never our own port", () => {
    expect(codeOf("http://127.1:5232/", open)).toBe("ok");
    expect(codeOf("http://localhost:5232/", open)).toBe("ok");
    expect(codeOf("http://127.1:3000/", open)).toBe("address_forbidden");
    expect(codeOf("http://169.254.169.254/", open)).toBe("address_forbidden");
    expect(codeOf("http://[::ffff:a9fe:a9fe]/", open)).toBe("address_forbidden");
  });

  it("keeps a password that was typed into it out of the message", () => {
    expect(JSON.stringify(checkUrl("https://ann:hunter2@example.com", strict))).not.toContain("hunter2");
  });
});
