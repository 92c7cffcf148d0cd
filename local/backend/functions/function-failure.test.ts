import { describe, expect, it } from "vitest";
import { failureOf } from "./function-failure";

describe("failureOf", () => {
  it("has words for whatever was thrown", () => {
    expect(failureOf("text")).toEqual({ message: "Uncaught text" });
    expect(failureOf(null)).toEqual({ message: "Uncaught null" });
    expect(failureOf(Object.create(null))).toEqual({ message: "Uncaught Error" });
  });

  it("survives what throws when it is looked at", () => {
    const fail = (): never => {
      throw new Error("looked at");
    };
    for (const thrown of [Object.defineProperty(new Error(), "message", { get: fail }), new Proxy({}, { get: fail, has: fail, getPrototypeOf: fail })]) {
      expect(failureOf(thrown).message).toContain("Uncaught Error");
    }
  });
});
