import { describe, expect, it } from "vitest";
import { toEventInput } from "./to-event-input";

const EVENT = {
  occurrenceKey: "k",
  title: "Lunch",
  kind: "zoned",
  startAt: 1000,
  endAt: 2000,
  startLocal: null,
  endLocal: null,
  startDate: null,
  endDate: null,
  status: "confirmed",
  transparency: "opaque",
  color: "teal",
} as const;

describe("toEventInput", () => {
  it("places a zoned event by its instants", () => {
    expect(toEventInput(EVENT)).toMatchObject({ id: "k", start: 1000, end: 2000, allDay: false, className: "cal-teal" });
  });

  it("keeps the exclusive end of an all-day event", () => {
    const input = toEventInput({ ...EVENT, kind: "date", startDate: "2026-06-22", endDate: "2026-06-27" });
    expect(input).toMatchObject({ start: "2026-06-22", end: "2026-06-27", allDay: true });
  });

  it("gives an all-day event that ends where it begins one day", () => {
    const input = toEventInput({ ...EVENT, kind: "date", startDate: "2026-06-22", endDate: "2026-06-22" });
    expect(input.end).toBeUndefined();
  });

  it("passes a floating time without a zone", () => {
    const input = toEventInput({ ...EVENT, kind: "floating", startLocal: "2026-06-22T08:00:00", endLocal: "2026-06-22T09:00:00" });
    expect(input).toMatchObject({ start: "2026-06-22T08:00:00", end: "2026-06-22T09:00:00" });
  });

  it("marks what is tentative, cancelled or free, and names what has no title", () => {
    const input = toEventInput({ ...EVENT, title: "", status: "tentative", transparency: "transparent" });
    expect(input).toMatchObject({ title: "Untitled", className: "cal-teal is-tentative is-transparent" });
  });
});
