import { expect, it } from "vitest";
import { depthOf, fillSpans, type Point } from "./fill-spans";

const MINUTE = 60_000;
const NOW = Date.UTC(2026, 0, 5, 9, 30, 12);

it("a window has all its spans, the quiet ones too, and ends now", () => {
  const minute = Math.floor(NOW / MINUTE) * MINUTE;
  const [quiet] = fillSpans([], "1h", NOW);
  const point = { ...(quiet as Point), startAt: minute - 5 * MINUTE, turns: 7, depth: { critical: 1, high: 0, medium: 2, low: 3 } };
  const gone = { ...point, startAt: minute - 90 * MINUTE };
  const filled = fillSpans([gone, point], "1h", NOW);
  expect(filled).toHaveLength(60);
  expect(filled[0]?.startAt).toBe(minute - 59 * MINUTE);
  expect(filled.at(-1)?.startAt).toBe(minute);
  expect(filled.filter(({ turns }) => turns > 0)).toEqual([point]);
  expect(depthOf(point)).toBe(6);
  expect(fillSpans([], "24h", NOW)).toHaveLength(96);
  expect(fillSpans([], "7d", NOW)).toHaveLength(168);
});
