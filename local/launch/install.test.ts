import { describe, expect, it } from "vitest";
import { agrees } from "./install.mjs";

const wanted = { "": {}, "node_modules/a": { version: "1.0.0" }, "node_modules/b-win32": { version: "2.0.0", optional: true } };

describe("what is installed agrees with the lock file", () => {
  it("when every package is there, optional ones or not", () => {
    expect(agrees(wanted, { "node_modules/a": { version: "1.0.0" } })).toBe(true);
    expect(agrees(wanted, { "node_modules/a": { version: "1.0.0" }, "node_modules/b-win32": { version: "2.0.0" } })).toBe(true);
  });

  it.each([
    ["a package is missing", {}],
    ["a package has another version", { "node_modules/a": { version: "1.0.1" } }],
    ["an optional package has another version", { "node_modules/a": { version: "1.0.0" }, "node_modules/b-win32": { version: "1.0.0" } }],
    ["there is a package too many", { "node_modules/a": { version: "1.0.0" }, "node_modules/c": { version: "1.0.0" } }],
  ])("not when %s", (_, found) => {
    expect(agrees(wanted, found)).toBe(false);
  });
});
