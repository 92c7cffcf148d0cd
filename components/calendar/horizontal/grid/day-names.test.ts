import { describe, expect, it } from "vitest";
import { monthShape } from "../layout/month-shape";
import { anEvent } from "../layout/testing";
import { dayNames } from "./day-names";

const JUNE = monthShape(2026, 5, 1);

describe("dayNames", () => {
  it("says the date and what is on it, on every day of an event", () => {
    const names = dayNames([anEvent("Offsite", "2026-06-22", "2026-06-23"), anEvent("Dentist", "2026-06-23")], JUNE, "en-GB");
    expect(names).toHaveLength(30);
    expect(names[20]).toMatch(/^Sunday,? 21 June 2026$/);
    expect(names[21]).toMatch(/^Monday,? 22 June 2026: Offsite$/);
    expect(names[22]).toMatch(/^Tuesday,? 23 June 2026: Offsite; Dentist$/);
  });

  it("only counts what nobody would listen to", () => {
    const many = Array.from({ length: 50 }, (_, index) => anEvent(`E${index}`, "2026-06-11"));
    expect(dayNames(many, JUNE, "en-GB")[10]).toMatch(/; and 44 more$/);
  });
});
