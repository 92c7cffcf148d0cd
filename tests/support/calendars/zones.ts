/** One half of a zone's year as a VTIMEZONE tells it. */
interface Observance {
  readonly kind: "STANDARD" | "DAYLIGHT";
  readonly from: string;
  readonly to: string;
  readonly start: string;
  readonly rule?: string;
}

const zones: Record<string, readonly Observance[]> = {
  "Europe/Berlin": [
    { kind: "DAYLIGHT", from: "+0100", to: "+0200", start: "19960331T020000", rule: "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU" },
    { kind: "STANDARD", from: "+0200", to: "+0100", start: "19961027T030000", rule: "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU" },
  ],
  "America/New_York": [
    { kind: "DAYLIGHT", from: "-0500", to: "-0400", start: "20070311T020000", rule: "FREQ=YEARLY;BYMONTH=3;BYDAY=2SU" },
    { kind: "STANDARD", from: "-0400", to: "-0500", start: "20071104T020000", rule: "FREQ=YEARLY;BYMONTH=11;BYDAY=1SU" },
  ],
  "Australia/Sydney": [
    { kind: "STANDARD", from: "+1100", to: "+1000", start: "20080406T030000", rule: "FREQ=YEARLY;BYMONTH=4;BYDAY=1SU" },
    { kind: "DAYLIGHT", from: "+1000", to: "+1100", start: "20081005T020000", rule: "FREQ=YEARLY;BYMONTH=10;BYDAY=1SU" },
  ],
  "Asia/Tokyo": [{ kind: "STANDARD", from: "+0900", to: "+0900", start: "19700101T000000" }],
  "Asia/Kolkata": [{ kind: "STANDARD", from: "+0530", to: "+0530", start: "19700101T000000" }],
};

/** Zones that events are made in. */
export const zoneNames = ["Europe/Berlin", "America/New_York", "Australia/Sydney", "Asia/Tokyo", "Asia/Kolkata"] as const;

/** Lines of a zone's VTIMEZONE. */
export function vtimezone(zone: string): string[] {
  const known = zones[zone];
  if (known === undefined) throw new Error(`No VTIMEZONE is written down here for ${zone}`);
  const observances = known.flatMap(({ kind, from, to, start, rule }) => [
    `BEGIN:${kind}`,
    `TZOFFSETFROM:${from}`,
    `TZOFFSETTO:${to}`,
    `DTSTART:${start}`,
    ...(rule === undefined ? [] : [`RRULE:${rule}`]),
    `END:${kind}`,
  ]);
  return ["BEGIN:VTIMEZONE", `TZID:${zone}`, ...observances, "END:VTIMEZONE"];
}
