import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryEvent } from "./testing/arbitrary-event";
import { ATTENDEE, event, recurrence, time } from "./testing/events";
import type { UnifiedEvent } from "./model";
import { forStorage } from "./stored-size";

const huge = "日".repeat(500_000);
const many = <T>(count: number, make: (index: number) => T) => Array.from({ length: count }, (_, index) => make(index));

describe("an event that is stored", () => {
  it("is itself when it is of ordinary size", () => {
    fc.assert(fc.property(arbitraryEvent, (each) => { expect(forStorage(each)).toBe(each); }), { numRuns: 100, seed: 2 });
  });

  it("fits into a document whatever the provider sent, and says what was cut", () => {
    const guest = (index: number) => ({ ...ATTENDEE, name: "日".repeat(300), email: `${index}@example.com` });
    const large: UnifiedEvent = {
      ...event("2026-03-02", "2026-03-03"), title: huge, description: huge, location: huge, url: huge, attendees: many(5_000, guest), categories: many(9_000, String),
      attachments: many(9_000, (index) => ({ title: null, url: `https://example.com/${index}`, mimeType: null })), extended: "x".repeat(300_000),
      ...recurrence(many(9_000, () => "FREQ=DAILY"), { exdates: many(9_000, () => time("2026-03-02T09:00 @Europe/Berlin")), rdates: many(9_000, () => ({ start: time("2026-03-02"), end: null })) }),
      reminders: { useDefault: false, list: many(9_000, (minutes) => ({ kind: "before" as const, method: "popup" as const, minutes, relatedTo: "start" as const })) },
      conference: { service: null, name: null, id: null, notes: huge, entries: many(9_000, (index) => ({ kind: "video" as const, uri: `https://example.com/${index}`, label: null, code: null })) },
      warnings: many(500, (index) => ({ code: "unsupported_rule" as const, message: String(index) })),
    };
    const stored = forStorage(large);
    expect(new TextEncoder().encode(JSON.stringify(stored)).length).toBeLessThan(1_000_000);
    const lists = [stored.attendees, stored.categories, stored.attachments, stored.recurrence?.exdates, stored.recurrence?.rdates, stored.recurrence?.rrules, stored.reminders?.list, stored.conference?.entries];
    for (const list of lists) expect(list?.length).toBeLessThan(8_192);
    expect(stored.warnings.filter(({ code }) => code === "shortened")).toHaveLength(10);
    expect(forStorage(stored)).toMatchObject({ title: stored.title, description: stored.description });
  });

  it("is never cut inside a character", () => {
    const title = `a${"🌹".repeat(2_000)}`;
    expect(forStorage({ ...event("2026-03-02", "2026-03-03"), title }).title).toMatch(/^a(🌹)+…$/u);
  });
});
