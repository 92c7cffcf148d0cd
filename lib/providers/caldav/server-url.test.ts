import { describe, expect, it } from "vitest";
import { serverUrlOf } from "./server-url";

describe("what a user types as a server", () => {
  it.each([
    ["caldav.example.com", "https://caldav.example.com/"],
    ["example.com:8443/dav", "https://example.com:8443/dav"],
    ["  https://example.com/dav/#top ", "https://example.com/dav/"],
    ["http://example.com", "http://example.com/"],
    ["localhost:5232", "http://localhost:5232/"],
    ["127.0.0.1:5232", "http://127.0.0.1:5232/"],
    ["192.168.1.4", "http://192.168.1.4/"],
    ["[::1]:5232", "http://[::1]:5232/"],
    ["[::ffff:10.0.0.1]", "http://[::ffff:a00:1]/"],
    ["nas.local", "https://nas.local/"],
    ["8.8.8.8", "https://8.8.8.8/"],
    ["https://localhost", "https://localhost/"],
  ])("%s → %s", (typed, expected) => expect(serverUrlOf(typed)?.href).toBe(expected));

  it.each(["", "   ", "two words", "https://", "http://[::1", "example.com:99999"])("%j is no address", (typed) => {
    expect(serverUrlOf(typed)).toBeNull();
  });
});
