import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { hashContents } from "./content-hash";

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "lineartime-hash-"));
  write("app/page.tsx", "one");
});
afterEach(() => rmSync(root, { recursive: true }));

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
}
const hash = (facts: string[] = []) => hashContents(root, ["app", "next.config.ts"], facts);

it("changes with a content, a name, a new file and a fact, and comes back with them", () => {
  const before = hash();
  const seen = new Set([before]);
  for (const change of [
    () => write("app/page.tsx", "two"),
    () => write("app/other.tsx", "one"),
    () => write("next.config.ts", "x"),
    () => rmSync(path.join(root, "app/page.tsx")),
  ]) {
    change();
    seen.add(hash());
  }
  seen.add(hash(["fact"]));
  expect(seen.size).toBe(6);
  rmSync(path.join(root, "app/other.tsx"));
  rmSync(path.join(root, "next.config.ts"));
  write("app/page.tsx", "one");
  expect(hash()).toBe(before);
});

it("does not change with tests, hidden files and what lies elsewhere", () => {
  const before = hash();
  write("app/page.test.tsx", "x");
  write("app/.swp", "x");
  write("docs/readme.md", "x");
  expect(hash()).toBe(before);
});

it("tells a text moved from one file to the next from one that stayed", () => {
  write("app/a.ts", "xy");
  write("app/b.ts", "");
  const before = hash();
  write("app/a.ts", "x");
  write("app/b.ts", "y");
  expect(hash()).not.toBe(before);
});
