import { describe, expect, it } from "vitest";
import { importProgress, importShare } from "./import-progress";

const finished = { phase: "synced", lastSuccessAt: 1, progress: null, resources: 200 } as const;
const importing = { phase: "importing", lastSuccessAt: null, progress: { done: 30, total: 100 }, resources: null } as const;
const waiting = { phase: "waiting", lastSuccessAt: null, progress: null, resources: null } as const;

describe("importProgress", () => {
  it("is over when no calendar is in its first import", () => {
    expect(importProgress([finished])).toBeNull();
    expect(importProgress([])).toBeNull();
  });

  it("adds up what is done, and counts finished calendars as done", () => {
    expect(importProgress([finished, importing])).toEqual({ calendars: { done: 1, total: 2 }, events: { done: 230, total: 300 } });
  });

  it("does not claim a whole that one calendar has not told yet", () => {
    expect(importProgress([importing, waiting])?.events).toEqual({ done: 30, total: null });
  });
});

describe("importShare", () => {
  it("goes by events, else by calendars, else is unknown", () => {
    expect(importShare({ calendars: { done: 0, total: 2 }, events: { done: 50, total: 200 } })).toBe(0.25);
    expect(importShare({ calendars: { done: 1, total: 4 }, events: { done: 50, total: null } })).toBe(0.25);
    expect(importShare({ calendars: { done: 0, total: 4 }, events: { done: 0, total: null } })).toBeNull();
    expect(importShare({ calendars: { done: 0, total: 1 }, events: { done: 0, total: 0 } })).toBeNull();
  });
});
