import { describe, expect, it } from "vitest";
import { HOME, safeNext } from "./safe-next";

describe("safeNext", () => {
  it("keeps a path of this site with its query and fragment", () => {
    expect(safeNext("/connections?connect=true#dav")).toBe("/connections?connect=true#dav");
  });

  it.each([undefined, "", "calendar", "https://evil.example/", "//evil.example", "/\\evil.example", "/\t/evil.example", "javascript:alert(1)"])(
    "goes home instead of following %j",
    (next) => {
      expect(safeNext(next)).toBe(HOME);
    },
  );
});
