import { describe, expect, it } from "vitest";
import { CARD_WIDTH, cardPlace } from "./card-place";

const VIEWPORT = { width: 1440, height: 900 };

describe("cardPlace", () => {
  it("stands under its bar, in the middle", () => {
    expect(cardPlace({ left: 600, width: 60, top: 200, bottom: 211 }, VIEWPORT)).toEqual({ left: 630 - CARD_WIDTH / 2, top: 217 });
  });

  it("stands above it in the lower part of the screen", () => {
    expect(cardPlace({ left: 600, width: 60, top: 800, bottom: 811 }, VIEWPORT)).toEqual({ left: 490, bottom: 106 });
  });

  it("never leaves the screen sideways", () => {
    expect(cardPlace({ left: 0, width: 20, top: 200, bottom: 211 }, VIEWPORT).left).toBe(8);
    expect(cardPlace({ left: 1430, width: 10, top: 200, bottom: 211 }, VIEWPORT).left).toBe(1440 - CARD_WIDTH - 8);
  });
});
