import { describe, expect, it } from "vitest";
import { JOB_TYPES } from "./job";
import { maxRetries, mayRetry } from "./retries";

describe("retries", () => {
  it("depend on the type", () => {
    expect(JOB_TYPES.map((type) => maxRetries(type))).toEqual([3, 5, 7, 2, 5, 5, 3]);
  });

  it("are capped by SYNC_MAX_RETRIES where it is a number", () => {
    expect(maxRetries("webhook_sync", "4")).toBe(4);
    expect(maxRetries("polling_sync", "4")).toBe(2);
    expect(maxRetries("webhook_sync", "0")).toBe(0);
    for (const cap of ["", "many", "-1", "1.5", undefined]) expect(maxRetries("webhook_sync", cap)).toBe(7);
  });

  it("come after the first failure", () => {
    expect([1, 2, 3].map((attempt) => mayRetry(attempt, 2))).toEqual([true, true, false]);
    expect(mayRetry(1, 0)).toBe(false);
  });
});
