import { describe, expect, it } from "vitest";
import { createFloodGuard } from "./flood-guard";

describe("a flood of calls that do not verify", () => {
  it("is turned away after a hundred, while whoever has verified before goes on", () => {
    let now = 0;
    const guard = createFloodGuard({ now: () => now });
    guard.note("google", true);
    for (let index = 0; index < 100; index += 1) {
      expect(guard.admits(`guess ${index}`)).toBe(true);
      guard.note(`guess ${index}`, false);
    }
    expect(guard.admits("guess 101")).toBe(false);
    expect(guard.admits("a channel that was just opened")).toBe(false);
    expect(guard.admits("google")).toBe(true);
    now = 10_000;
    expect(guard.admits("a channel that was just opened")).toBe(true);
  });

  it("is none when as many come over a long time", () => {
    let now = 0;
    const guard = createFloodGuard({ now: () => now });
    for (let index = 0; index < 1_000; index += 1, now += 200) {
      expect(guard.admits("guess")).toBe(true);
      guard.note("guess", false);
    }
  });
});
