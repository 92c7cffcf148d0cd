import { describe, expect, it } from "vitest";
import { agoLong, agoShort, until } from "./relative-label";

const NOW = Date.UTC(2026, 5, 11, 10, 42);
const ago = (ms: number) => agoShort(NOW - ms, NOW, "en-GB");

describe("relative labels", () => {
  it("rests in steps of ten seconds within a minute", () => {
    expect([0, 9_999, 10_000, 19_000, 38_000, 59_999].map(ago)).toEqual(["now", "now", "10 s", "10 s", "30 s", "50 s"]);
  });

  it("uses one unit, rounded down", () => {
    expect([60_000, 119_000, 3_599_000, 3_600_000, 23.9 * 3_600_000].map(ago)).toEqual(["1 min", "1 min", "59 min", "1 h", "23 h"]);
  });

  it("names the day from a day on", () => {
    expect(ago(3 * 86_400_000)).toBe("8 Jun");
    expect(agoLong(NOW - 3 * 86_400_000, NOW, "en-GB")).toBe("on 8 Jun");
  });

  it("takes a clock that is a little behind for now", () => {
    expect(ago(-4_000)).toBe("now");
    expect(agoLong(NOW + 4_000, NOW, "en-GB")).toBe("just now");
  });

  it("says when something is due", () => {
    expect(until(NOW + 4 * 60_000 + 500, NOW, "en-GB")).toBe("in 4 min");
    expect(until(NOW - 60_000, NOW, "en-GB")).toBe("any moment");
  });
});
