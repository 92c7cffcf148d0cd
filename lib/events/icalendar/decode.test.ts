import { describe, expect, it } from "vitest";
import { decodeCalendar } from "./decode";
import { readCalendar } from "./read-calendar";

const CALENDAR = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260301\r\nSUMMARY:Zürich – Ćao €\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
const utf8 = (text: string) => new TextEncoder().encode(text);

function utf16(text: string, littleEndian: boolean, mark: boolean): Uint8Array {
  const units = [...(mark ? [0xfeff] : []), ...Array.from({ length: text.length }, (_, index) => text.charCodeAt(index))];
  return Uint8Array.from(units.flatMap((unit) => (littleEndian ? [unit & 0xff, unit >> 8] : [unit >> 8, unit & 0xff])));
}

describe("bytes of a calendar", () => {
  it.each<[string, Uint8Array]>([
    ["UTF-8", utf8(CALENDAR)],
    ["UTF-8 with a byte order mark", utf8(`\uFEFF${CALENDAR}`)],
    ["UTF-16 little-endian", utf16(CALENDAR, true, true)],
    ["UTF-16 big-endian", utf16(CALENDAR, false, true)],
    ["UTF-16 little-endian without a mark", utf16(CALENDAR, true, false)],
    ["UTF-16 big-endian without a mark", utf16(CALENDAR, false, false)],
  ])("in %s are read", (_, bytes) => {
    expect(readCalendar(bytes)).toMatchObject({ groups: [{ events: [{ title: "Zürich – Ćao €" }] }], problems: [] });
  });

  it("are put together again where a fold cuts a character in two, at every place", () => {
    const [before, after] = ["BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260301\r\n", "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"].map(utf8);
    const line = utf8("SUMMARY:ü€😀");
    for (let cut = 1; cut < line.length; cut += 1) {
      const bytes = Uint8Array.from([...(before ?? []), ...line.slice(0, cut), ...utf8("\r\n "), ...line.slice(cut), ...(after ?? [])]);
      expect(readCalendar(bytes)).toMatchObject({ groups: [{ events: [{ title: "ü€😀" }] }] });
    }
  });

  it("of a line that is not UTF-8 are read as Windows-1252, and other lines stay as they are", () => {
    const bytes = Uint8Array.from([...utf8("SUMMARY:Ćao\r\nLOCATION:Z"), 0xfc, ...utf8("rich "), 0x80, ...utf8("\r\n")]);
    expect(decodeCalendar(bytes)).toBe("SUMMARY:Ćao\r\nLOCATION:Zürich €\r\n");
  });

  it("keep their lines, so that a problem is named where it is", () => {
    const bytes = Uint8Array.from([...utf8("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:"), 0xe9, ...utf8("\r\nDTSTART:someday\r\nEND:VEVENT\r\nEND:VCALENDAR")]);
    expect(readCalendar(bytes)).toMatchObject({ problems: [{ reason: "Line 4 (DTSTART:someday) is not a valid date." }] });
  });

  it("that are no text at all do no harm", () => {
    const noise = Uint8Array.from({ length: 5_000 }, (_, index) => (index * 7_919) % 256);
    expect(readCalendar(noise).kind).toBe("unreadable");
    expect(readCalendar(new Uint8Array(0))).toEqual({ kind: "unreadable", reason: "Line 1 is empty." });
  });
});
