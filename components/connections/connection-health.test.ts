import { describe, expect, it } from "vitest";
import { healthOf, isFirstImport, needsAttention } from "./connection-health";

const ISSUE = { code: "timeout", message: "The server did not answer.", action: "" };
const ACTIVE = { status: "active" } as const;
const synced = { phase: "synced", lastSuccessAt: 1, error: null } as const;
const importing = { phase: "importing", lastSuccessAt: null, error: null } as const;
const failed = { phase: "failed", lastSuccessAt: 1, error: null } as const;
const held = { phase: "held", lastSuccessAt: 1, error: null } as const;

describe("healthOf", () => {
  it("is healthy when every calendar is in step or merely syncing again", () => {
    expect(healthOf(ACTIVE, [synced, { phase: "syncing", lastSuccessAt: 1, error: null }]).label).toBe("Healthy");
  });

  it("lets the gravest state speak", () => {
    expect(healthOf(ACTIVE, [synced, importing]).label).toBe("Importing");
    expect(healthOf(ACTIVE, [importing, { ...synced, error: ISSUE }]).label).toBe("Trouble");
    expect(healthOf(ACTIVE, [importing, failed]).label).toBe("Failing");
    expect(healthOf(ACTIVE, [failed, held]).label).toBe("Needs you");
    expect(healthOf({ status: "reconnect_required" }, [failed]).label).toBe("Needs you");
    expect(healthOf({ status: "disconnecting" }, [held]).label).toBe("Disconnecting");
  });
});

describe("needsAttention", () => {
  it("is for what only a person can do", () => {
    expect(needsAttention(ACTIVE, [failed])).toBe(false);
    expect(needsAttention(ACTIVE, [held])).toBe(true);
    expect(needsAttention({ status: "reconnect_required" }, [])).toBe(true);
  });
});

describe("isFirstImport", () => {
  it("begins before the first page and ends with the first success", () => {
    expect([{ phase: "waiting", lastSuccessAt: null } as const, importing, synced].map(isFirstImport)).toEqual([true, true, false]);
    expect(isFirstImport({ phase: "waiting", lastSuccessAt: 1 })).toBe(false);
  });
});
