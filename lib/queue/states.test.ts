import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canTransition, JOB_STATUSES, JOB_TRANSITIONS, transition } from "./states";

describe("the life of a job", () => {
  it("leads from pending to every status", () => {
    const reached = new Set<string>(["pending"]);
    for (const status of JOB_STATUSES) if (reached.has(status)) JOB_TRANSITIONS[status].forEach((next) => reached.add(next));
    expect([...reached].sort()).toEqual([...JOB_STATUSES].sort());
  });

  it("ends for good when it is completed or cancelled", () => {
    for (const status of JOB_STATUSES) {
      expect(canTransition("completed", status)).toBe(false);
      expect(canTransition("cancelled", status)).toBe(false);
    }
  });

  it("can be replayed or discarded from the dead-letter queue, and only there by a person", () => {
    expect(canTransition("failed", "pending")).toBe(true);
    expect(canTransition("failed", "cancelled")).toBe(true);
    expect(canTransition("failed", "processing")).toBe(false);
  });

  it("never completes without having been claimed", () => {
    for (const status of JOB_STATUSES) expect(canTransition(status, "completed")).toBe(status === "processing");
  });

  it("refuses everything that the table does not list, and names it", () => {
    fc.assert(
      fc.property(fc.constantFrom(...JOB_STATUSES), fc.constantFrom(...JOB_STATUSES), (from, to) => {
        if (JOB_TRANSITIONS[from].includes(to)) expect(transition(from, to)).toBe(to);
        else expect(() => transition(from, to)).toThrow(`from ${from} to ${to}`);
      }),
    );
  });
});
