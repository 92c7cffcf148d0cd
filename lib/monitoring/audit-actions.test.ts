import { expect, it } from "vitest";
import { auditDetail, auditLabel } from "./audit-actions";
import { describeUnexpected } from "./unexpected";

it("a detail is a code or nothing", () => {
  expect(["invalid_grant", "AADSTS700082", "owner"].map(auditDetail)).toEqual(["invalid_grant", "AADSTS700082", "owner"]);
  expect([null, "", "Lunch with Ana", "https://x/?token=1", "a".repeat(65)].map(auditDetail)).toEqual([null, null, null, null, null]);
});

it("a label is one short line", () => {
  expect(auditLabel("nora\r\n2026-01-01 forged entry\u2028x")).toBe("nora 2026-01-01 forged entry x");
  expect(auditLabel("a".repeat(300))).toHaveLength(200);
});

it("an unexpected error is described by its kind and its place, never by what it says", () => {
  const error = new TypeError("Cannot read https://nora:hunter2@dav.example.com/\n    at hunter2:1:1");
  const described = describeUnexpected(error);
  expect(described.name).toBe("TypeError");
  expect(described.frames.length).toBeGreaterThan(0);
  expect(JSON.stringify(described)).not.toContain("hunter2");
  expect(describeUnexpected("hunter2")).toEqual({ name: "string", frames: [] });
  expect(describeUnexpected(Object.assign(new Error("x"), { name: "hunter2 is my name" })).name).toBe("Error");
});
