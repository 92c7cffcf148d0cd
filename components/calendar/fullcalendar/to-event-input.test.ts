import { describe, expect, it } from "vitest";
import { toEventInput } from "./to-event-input";

const EVENT = {
  occurrenceKey: "k",
  title: "Lunch",
  kind: "zoned",
  startAt: 1000,
  endAt: 2000,
  status: "confirmed",
  transparency: "opaque",
  color: "teal",
} as const;

/** Stockholm in summer. */
const wallDate = (at: number) => new Date(at + 2 * 3_600_000).toISOString().slice(0, 10);

const between = (start: string, end: string) => ({ startAt: Date.parse(start), endAt: Date.parse(end) });

describe("toEventInput", () => {
  it("places a zoned event by its instants", () => {
    expect(toEventInput(EVENT, wallDate)).toMatchObject({ id: "k", start: 1000, end: 2000, allDay: false, className: "cal-teal" });
  });

  it("keeps the exclusive end of an all-day event", () => {
    const input = toEventInput({ ...EVENT, kind: "date", ...between("2026-06-22", "2026-06-27") }, wallDate);
    expect(input).toMatchObject({ start: "2026-06-22", end: "2026-06-27", allDay: true });
  });

  it("gives an all-day event that ends where it begins one day", () => {
    const input = toEventInput({ ...EVENT, kind: "date", ...between("2026-06-22", "2026-06-22") }, wallDate);
    expect(input.end).toBeUndefined();
  });

  it("passes a floating time without a zone", () => {
    const input = toEventInput({ ...EVENT, kind: "floating", ...between("2026-06-22T08:00:00Z", "2026-06-22T09:00:00Z") }, wallDate);
    expect(input).toMatchObject({ start: "2026-06-22T08:00:00", end: "2026-06-22T09:00:00" });
  });

  it("puts what lasts a day or longer over whole days of the viewer's wall", () => {
    const from = Date.parse("2026-06-10T22:30:00Z");
    const sabbatical = toEventInput({ ...EVENT, startAt: from, endAt: Date.parse("2026-06-12T22:00:00Z") }, wallDate);
    expect(sabbatical).toMatchObject({ start: "2026-06-11", end: "2026-06-13", allDay: true });
    expect(toEventInput({ ...EVENT, startAt: from, endAt: from + 23 * 3_600_000 }, wallDate)).toMatchObject({ allDay: false });
  });

  it("marks what is tentative, cancelled or free, and names what has no title", () => {
    const input = toEventInput({ ...EVENT, title: "", status: "tentative", transparency: "transparent" }, wallDate);
    expect(input).toMatchObject({ title: "Untitled", className: "cal-teal is-tentative is-transparent" });
  });
});
