import ICAL from "ical.js";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { makeCalendars } from "./calendars";

const calendars = makeCalendars({ objects: 200, seed: 7 });

/** What another library sees of an object, as `makeCalendars` names it. */
function seen(ics: string): { title: string; start: string }[] {
  const root = new ICAL.Component(ICAL.parse(ics) as unknown[]);
  const [first, ...overrides] = root.getAllSubcomponents("vevent");
  const master = new ICAL.Event(first);
  for (const override of overrides) master.relateException(override);
  const found: { title: string; start: string }[] = [];
  const name = (item: ICAL.Event, time: ICAL.Time) => {
    if (item.component.getFirstPropertyValue("status") === "CANCELLED") return;
    found.push({ title: item.summary, start: asExpected(time, item) });
  };
  if (!master.isRecurring()) name(master, master.startDate);
  else {
    const iterator = master.iterator();
    for (let next = iterator.next(); next; next = iterator.next()) {
      const { item, startDate } = master.getOccurrenceDetails(next);
      name(item, startDate);
    }
  }
  return found;
}

function asExpected(time: ICAL.Time, { component }: ICAL.Event): string {
  const text = time.toString();
  const zone = component.getFirstProperty("dtstart")?.getParameter("tzid");
  if (time.isDate) return text;
  if (text.endsWith("Z")) return text;
  return typeof zone === "string" ? Temporal.PlainDateTime.from(text).toZonedDateTime(zone).toInstant().toString() : text;
}

describe("makeCalendars", () => {
  it("makes the same calendars for the same seed and others for another", () => {
    expect(makeCalendars({ objects: 200, seed: 7 })).toEqual(calendars);
    expect(makeCalendars({ objects: 200, seed: 8 })[0]?.objects).not.toEqual(calendars[0]?.objects);
  });

  it("makes three calendars of as many objects as asked for, at least 500 unless told otherwise", () => {
    expect(calendars.map(({ objects }) => objects.length)).toEqual([200, 200, 200]);
    expect(makeCalendars().every(({ objects }) => objects.length >= 500)).toBe(true);
  });

  it("expects what another library sees in each object", () => {
    for (const { objects, expected, malformed } of calendars) {
      const found = objects
        .filter(({ name }) => !malformed.some((uid) => name.startsWith(uid.split("@")[0] ?? "")))
        .flatMap(({ ics }) => seen(ics));
      const readable = expected.filter(({ uid }) => !malformed.includes(uid));
      const byText = (items: readonly { title: string; start: string }[]) => items.map(({ title, start }) => `${start} ${title}`).sort();
      expect(byText(found)).toEqual(byText(readable));
    }
  });

  it("has an object that another library refuses", () => {
    const broken = calendars[0]?.objects.at(-1);
    expect(() => seen(broken?.ics ?? "")).toThrow(/BYMONTHDAY/);
  });
});
