import { expect, it } from "vitest";
import { authModeOf } from "./auth-mode";

const keys = { NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: "pk_test_x", CLERK_SECRET_KEY: "sk_test_x" };

it("is local when nothing is set, and when everything is empty", () => {
  expect(authModeOf({})).toBe("local");
  expect(authModeOf({ AUTH_MODE: "", NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: "", CLERK_SECRET_KEY: "" })).toBe("local");
});

it("is clerk with Clerk's keys, also when one of the two was forgotten", () => {
  expect(authModeOf(keys)).toBe("clerk");
  expect(authModeOf({ CLERK_SECRET_KEY: "sk_test_x" })).toBe("clerk");
});

it("is what AUTH_MODE says", () => {
  expect(authModeOf({ ...keys, AUTH_MODE: "local" })).toBe("local");
  expect(authModeOf({ AUTH_MODE: "clerk" })).toBe("clerk");
});
