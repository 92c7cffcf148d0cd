import { expect, it } from "vitest";
import { requireNode } from "./node-version.mjs";

it.each([
  ["18.20.4", false],
  ["20.8.1", false],
  ["20.9.0", true],
  ["20.20.2", true],
  ["22.0.0", true],
])("Node %s can run LinearTime: %s", (version, can) => {
  const said: string[] = [];
  expect(requireNode(version, (text) => said.push(text))).toBe(can);
  expect(said.join("\n").includes(version)).toBe(!can);
});
