import { expect, it } from "vitest";
import { createProgress } from "./progress.mjs";

function setUp() {
  let text = "";
  let now = 0;
  const progress = createProgress({ write: (chunk) => ((text += String(chunk)), true), isTTY: false }, () => now);
  return { progress, shown: () => text, pass: (ms: number) => (now += ms) };
}

it("shows a step when it begins and, with its seconds and its note, when it ends", async () => {
  const { progress, shown, pass } = setUp();
  const result = await progress.step("Backend", async (note) => {
    pass(1_234);
    note("port 3210");
    return "up";
  });
  expect(result).toBe("up");
  expect(shown()).toMatch(/^ {2}· Backend …\n {2}✓ Backend +1\.2 s {3}port 3210\n$/);
});

it("marks a step that failed and passes its error on", async () => {
  const { progress, shown } = setUp();
  await expect(progress.step("Pages", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(shown()).toContain("✗ Pages");
});
