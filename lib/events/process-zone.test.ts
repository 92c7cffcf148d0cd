import { expect, it } from "vitest";

/** Minutes that are missing to UTC. */
const OFFSETS: Readonly<Record<string, number>> = { "Pacific/Honolulu": 600, UTC: 0, "Pacific/Tongatapu": -780 };

it("these tests run in the process zone that their project names", () => {
  expect(OFFSETS[process.env.TZ ?? ""]).toBe(new Date(2026, 0, 1).getTimezoneOffset());
});
