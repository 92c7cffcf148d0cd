/** A small VCALENDAR with one VEVENT; `lines` go into the event. */
export function eventText(uid: string, lines: readonly string[]): string {
  return [
    "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN",
    "BEGIN:VEVENT", `UID:${uid}`, "DTSTAMP:20260101T000000Z", ...lines, "END:VEVENT",
    "END:VCALENDAR", "",
  ].join("\r\n");
}

/** An event of half an hour on a day of March 2026. */
export function simpleEvent(uid: string, day: number, title = `Event ${uid}`): string {
  const date = `202603${String(day).padStart(2, "0")}`;
  return eventText(uid, [`DTSTART:${date}T090000Z`, `DTEND:${date}T093000Z`, `SUMMARY:${title}`]);
}
