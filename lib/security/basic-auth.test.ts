import { describe, expect, it } from "vitest";
import { basicAuthorization } from "./basic-auth";

describe("basicAuthorization", () => {
  it("encodes as UTF-8", () => {
    expect(basicAuthorization("ann", "pä:ss")).toBe(`Basic ${Buffer.from("ann:pä:ss", "utf8").toString("base64")}`);
  });

  it.each([["ann:eve", "x"], ["ann\r\nX-Evil: 1", "x"], ["ann", "x\r\nX-Evil: 1"], ["ann\u0000", "x"], ["ann", "\u007f"]])("refuses %j %j", (username, password) => {
    expect(basicAuthorization(username, password)).toBeNull();
  });
});
