import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { writeConvexEnvFiles } from "./convex-env-files";
import { openHome } from "./home";

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "lineartime-env-"));
});
afterEach(() => rmSync(root, { recursive: true }));

const write = (url: string, how: "write" | "keep" = "write") =>
  writeConvexEnvFiles(root, openHome(path.join(root, "home")), url, "the-key", how);
const envLocal = () => readFileSync(path.join(root, ".env.local"), "utf8");

it("writes the address and the key where only the owner can read them", () => {
  expect(write("http://127.0.0.1:3210")).toBe("written");
  expect(envLocal()).toContain("CONVEX_SELF_HOSTED_URL=http://127.0.0.1:3210\nCONVEX_SELF_HOSTED_ADMIN_KEY=the-key\n");
  expect(statSync(path.join(root, ".env.local")).mode & 0o777).toBe(0o600);
});

it("replaces its own lines and no others", () => {
  writeFileSync(path.join(root, ".env.local"), "MINE=1\n# about mine");
  write("http://127.0.0.1:1");
  writeFileSync(path.join(root, ".env.local"), `${envLocal()}AFTER=2\n`);
  write("http://127.0.0.1:2");
  expect(envLocal()).toMatch(/^MINE=1\n# about mine\nAFTER=2\n# >>> /);
  expect(envLocal().match(/CONVEX_SELF_HOSTED_URL=.*/g)).toEqual(["CONVEX_SELF_HOSTED_URL=http://127.0.0.1:2"]);
});

it("leaves the file alone when it names another deployment", () => {
  writeFileSync(path.join(root, ".env.local"), "CONVEX_SELF_HOSTED_URL=https://mine.example\n");
  expect(write("http://127.0.0.1:1")).toBe("taken-by-own-lines");
  expect(envLocal()).toBe("CONVEX_SELF_HOSTED_URL=https://mine.example\n");
});

it("leaves the file alone when told to, and still writes the one in the state folder", () => {
  expect(write("http://127.0.0.1:1", "keep")).toBe("kept");
  expect(readFileSync(path.join(root, "home", "convex.env"), "utf8")).toContain("http://127.0.0.1:1");
});
