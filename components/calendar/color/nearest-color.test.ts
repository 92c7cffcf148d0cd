import { describe, expect, it } from "vitest";
import { CALENDAR_COLORS } from "./calendar-colors";
import { nearestColor } from "./nearest-color";

describe("nearestColor", () => {
  it.each([
    ["#ea5e54", "tomato"],
    ["#dd6d05", "orange"],
    ["#b08401", "ochre"],
    ["#2aa03a", "green"],
    ["#049d90", "teal"],
    ["#0096c3", "sky"],
    ["#4a87fe", "cobalt"],
    ["#9d73f2", "violet"],
    ["#dd5da1", "pink"],
    ["#958a7c", "stone"],
  ])("keeps our own mark %s as %s", (hex, color) => {
    expect(nearestColor(hex, "any")).toBe(color);
  });

  it.each([
    ["#FF0000", "tomato"],
    ["#fbd75b", "ochre"],
    ["#34C759", "green"],
    ["#0000ff", "cobalt"],
    ["#cc73e1", "violet"],
    ["#ff2d95", "pink"],
  ])("takes %s to its neighbour %s, light or dark", (hex, color) => {
    expect(nearestColor(hex, "any")).toBe(color);
  });

  it.each(["#000000", "#ffffff", "#8e8e93", "#7f7f7f"])("shows the grey %s as stone", (hex) => {
    expect(nearestColor(hex, "any")).toBe("stone");
  });

  it("chooses by the name, always the same, where the provider has no colour", () => {
    expect(nearestColor(null, "Work")).toBe(nearestColor(null, "Work"));
    expect(CALENDAR_COLORS).toContain(nearestColor(null, ""));
    const chosen = new Set(["Work", "Home", "School", "Running", "Family", "Board"].map((name) => nearestColor(null, name)));
    expect(chosen.size).toBeGreaterThan(2);
    expect(chosen).not.toContain("stone");
  });

  it("treats what is no #rrggbb like no colour", () => {
    expect(nearestColor("rebeccapurple", "Work")).toBe(nearestColor(null, "Work"));
  });
});
