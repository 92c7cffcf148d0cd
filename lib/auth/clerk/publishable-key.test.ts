import { expect, it } from "vitest";
import { clerkHostOf } from "./publishable-key";

it("reads the instance's host", () => {
  expect(clerkHostOf(`pk_test_${btoa("quiet-otter-12.clerk.accounts.dev$")}`)).toBe("quiet-otter-12.clerk.accounts.dev");
  expect(clerkHostOf(`pk_live_${btoa("clerk.example.com$")}`)).toBe("clerk.example.com");
});

it.each([
  "",
  "pk_test_",
  `sk_test_${btoa("clerk.example.com$")}`,
  `pk_test_${btoa("clerk.example.com")}`,
  `pk_test_${btoa("clerk.example.com; script-src *$")}`,
  `pk_test_${btoa("clerk.example.com/path$")}`,
  "pk_test_not base64",
])("knows no host for %j", (key) => {
  expect(clerkHostOf(key)).toBeNull();
});
