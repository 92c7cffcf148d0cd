import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson, contentHash } from "./content-hash";
import { ATTENDEE, event, time } from "./testing/events";

const master = event("2026-03-01T09:00Z", "2026-03-01T10:00Z");
const exception = event("2026-03-02T09:00Z", "2026-03-02T10:00Z", { recurrenceId: time("2026-03-02T08:00Z") });

describe("contentHash", () => {
  it("is the same for the same content, in whatever order it was read", () => {
    const reordered = Object.fromEntries(Object.entries(master).reverse()) as unknown as typeof master;
    expect(contentHash([exception, reordered])).toBe(contentHash([master, exception]));
  });

  it("changes with every field", () => {
    const hashes = [
      master, { ...master, title: "Other" }, { ...master, location: "" }, { ...master, sequence: 1 },
      { ...master, end: time("2026-03-01T10:01Z") }, { ...master, start: time("2026-03-01T09:00") },
      { ...master, attendees: [{ name: null, email: "a@example.com", ...ATTENDEE }] },
      { ...master, color: "#ff0000" }, { ...master, extended: "{}" }, { ...master, ownResponse: "accepted" as const },
    ].map((one) => contentHash([one]));
    expect(new Set([...hashes, contentHash([]), contentHash([master, exception])]).size).toBe(hashes.length + 2);
  });

  it("stays what it is: stored hashes are compared with it", () => {
    expect(contentHash([master])).toMatch(/^h2:[0-9a-f]{32}$/);
    expect(contentHash([])).toBe(contentHash([]));
  });

  it("tells close texts apart", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(contentHash([{ ...master, title: a }]) === contentHash([{ ...master, title: b }])).toBe(a === b);
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});

describe("canonicalJson", () => {
  it("sorts keys at every depth and keeps the order of lists", () => {
    expect(canonicalJson({ b: [{ d: 1, c: 2 }, 3], a: null, x: undefined })).toBe('{"a":null,"b":[{"c":2,"d":1},3]}');
  });
});
