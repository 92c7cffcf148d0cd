import { describe, expect, it } from "vitest";
import { calendarStatus, isInStep } from "./calendar-status";

const ACTIVE = { status: "active" } as const;
const SYNCED = { phase: "synced", progress: null, lastSuccessAt: 5, error: null } as const;

describe("calendarStatus", () => {
  it("shows the time of the last success while in step", () => {
    expect(calendarStatus(SYNCED, ACTIVE)).toMatchObject({ tone: "live", at: 5 });
  });

  it("shows how far the first import is: in percent where the whole is known, else in events", () => {
    const importing = { ...SYNCED, phase: "importing", lastSuccessAt: null } as const;
    expect(calendarStatus({ ...importing, progress: { done: 630, total: 1000 } }, ACTIVE)).toMatchObject({ tone: "busy", text: "63 %" });
    expect(calendarStatus({ ...importing, progress: { done: 1240, total: null } }, ACTIVE)).toMatchObject({ text: "1,240" });
    expect(calendarStatus({ ...importing, progress: { done: 0, total: 0 } }, ACTIVE)).toMatchObject({ text: "0" });
    expect(calendarStatus(importing, ACTIVE)).toMatchObject({ text: "importing" });
  });

  it("never claims a hundred percent and more", () => {
    const over = { ...SYNCED, phase: "importing", progress: { done: 12, total: 10 } } as const;
    expect(calendarStatus(over, ACTIVE)).toMatchObject({ text: "100 %" });
  });

  it("is stopped with its account, whatever the calendar itself last was", () => {
    expect(calendarStatus(SYNCED, { status: "reconnect_required" })).toMatchObject({ tone: "attention", at: 5 });
  });

  it("does not claim to be live while a failed run is tried again", () => {
    const error = { code: "timeout", message: "The server did not answer.", action: "" };
    expect(calendarStatus({ ...SYNCED, error }, ACTIVE)).toMatchObject({ tone: "attention", at: 5 });
    expect(calendarStatus({ ...SYNCED, phase: "waiting", lastSuccessAt: null, error }, ACTIVE)).toMatchObject({ text: "retrying" });
    expect(isInStep({ ...SYNCED, phase: "syncing", error }, ACTIVE)).toBe(false);
  });

  it("does not claim to be live while its account is in trouble", () => {
    expect(calendarStatus(SYNCED, { status: "degraded" })).toMatchObject({ tone: "attention", at: 5 });
    expect(calendarStatus({ ...SYNCED, phase: "importing", lastSuccessAt: null }, { status: "degraded" }).tone).toBe("busy");
  });

  it("says why it failed", () => {
    const error = { code: "timeout", message: "The server did not answer.", action: "" };
    expect(calendarStatus({ ...SYNCED, phase: "failed", error }, ACTIVE)).toMatchObject({ tone: "failed", description: error.message });
  });
});

describe("isInStep", () => {
  it("stays true while a later sync runs, and is false during the first import", () => {
    expect(isInStep({ ...SYNCED, phase: "syncing" }, ACTIVE)).toBe(true);
    expect(isInStep({ ...SYNCED, phase: "importing", lastSuccessAt: null }, ACTIVE)).toBe(false);
    expect(isInStep(SYNCED, { status: "reconnect_required" })).toBe(false);
  });
});
