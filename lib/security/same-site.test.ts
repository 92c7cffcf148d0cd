import { describe, expect, it } from "vitest";
import { isSameSite } from "./same-site";

const same = (from: string, to: string) => isSameSite(new URL(from), new URL(to));

describe("where credentials may go", () => {
  it.each([
    ["https://caldav.icloud.com/", "https://p42-caldav.icloud.com:443/123/"],
    ["https://example.com/", "https://dav.example.com/"],
    ["https://dav.example.co.uk/", "https://www.example.co.uk/"],
    ["http://127.0.0.1:5232/", "http://127.0.0.1:5232/x"],
    ["http://example.com/", "https://example.com/"],
  ])("from %s to %s", (from, to) => expect(same(from, to)).toBe(true));

  it.each([
    ["https://icloud.com/", "https://icloud.com.evil.example/"],
    ["https://example.com/", "https://notexample.com/"],
    ["https://one.co.uk/", "https://two.co.uk/"],
    ["https://ann.github.io/", "https://eve.github.io/"],
    ["https://ann.duckdns.org/", "https://eve.duckdns.org/"],
    ["https://ann.synology.me/", "https://eve.synology.me/"],
    ["https://10.0.0.1/", "https://10.0.0.2/"],
    ["https://1.2.3.4/", "https://9.2.3.4/"],
    ["https://nas/", "https://router/"],
    ["https://example.com/", "http://example.com/"],
    ["https://example.com/", "http://dav.example.com/"],
  ])("not from %s to %s", (from, to) => expect(same(from, to)).toBe(false));
});
