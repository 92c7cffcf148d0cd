import { type SeedWorld } from "../seed/shape";

/** Somebody with an empty calendar of their own and one of holidays that has a single day. */
export const NORA = { id: "100000000000000000001", email: "nora@example.com", name: "Nora Berg", timeZone: "Europe/Berlin" };

export function emptyWorld(): SeedWorld {
  const calendar = { description: null, timeZone: NORA.timeZone, color: "#4986e7" };
  return {
    accounts: [NORA],
    calendars: [
      { ...calendar, key: NORA.email, name: NORA.email, kind: "primary", members: [{ email: NORA.email, role: "owner" }], events: [] },
      {
        ...calendar,
        key: "holidays",
        name: "Holidays",
        kind: "holidays",
        members: [{ email: NORA.email, role: "reader" }],
        events: [{ key: "day", title: "Day off", start: { kind: "date", date: "2026-05-01" }, end: { kind: "date", date: "2026-05-02" } }],
      },
    ],
  };
}
