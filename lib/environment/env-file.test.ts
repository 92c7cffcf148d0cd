import { expect, it } from "vitest";
import { parseEnvFile } from "./env-file";

it("reads bare, quoted and exported values and skips the rest", () => {
  const text = [
    "# a comment",
    "A=1",
    "export B = two words # and a comment",
    "C='single # kept'",
    'D="line\\nbreak \\"quoted\\"" # comment',
    "E=",
    "F=a#b",
    "not a line",
    "A=2\r",
  ].join("\n");
  expect(parseEnvFile(text)).toEqual({
    A: "2",
    B: "two words",
    C: "single # kept",
    D: 'line\nbreak "quoted"',
    E: "",
    F: "a#b",
  });
});
