import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { withSourceFrames } from "./source-maps";

const failed = Object.assign(new Error("failed"), { code: "ODD" });
failed.stack = "Error: failed\n    at handler (convex:notes.js:3:14)\n    at invoke (file:///elsewhere/host.mjs:1:2)\n    at node:internal/process:95:5";

describe("withSourceFrames", () => {
  it("shows of a stack what is in pushed code, and of the error all else", () => {
    expect(withSourceFrames(inspect(failed))).toBe("Error: failed\n    at handler (../convex/notes.js:3:14) {\n  code: 'ODD'\n}");
    expect(withSourceFrames(inspect({ failed }))).not.toContain("host.mjs");
  });

  it("leaves other texts as they are", () => {
    for (const text of ["one line", "two\nlines", inspect("text\n    at nowhere (file:///x:1:1)")]) expect(withSourceFrames(text)).toBe(text);
  });
});
