import { describe, expect, it } from "vitest";
import { applyChanges, trackEnvironment } from "./environment";

describe("applyChanges", () => {
  it("sets, replaces and unsets, leaving the given environment as it is", () => {
    const before = { A: "1", B: "2" };
    expect(applyChanges(before, [{ name: "A", value: "3" }, { name: "B", value: null }, { name: "C", value: "" }])).toEqual({ A: "3", C: "" });
    expect(before).toEqual({ A: "1", B: "2" });
  });

  it("refuses names and values the real backend refuses", () => {
    for (const name of ["1A", "A-B", "", "A".repeat(41), "CONVEX_CLOUD_URL"]) {
      expect(() => applyChanges({}, [{ name, value: "x" }])).toThrow();
    }
    expect(() => applyChanges({}, [{ name: "A", value: "x".repeat(8193) }])).toThrow(/8192 bytes/);
  });
});

describe("trackEnvironment", () => {
  it("notes variables that were asked for and are not set", () => {
    const { variables, missing } = trackEnvironment({ SET: "1" });
    expect(variables["SET"]).toBe("1");
    expect(variables["UNSET"]).toBeUndefined();
    expect([...missing]).toEqual(["UNSET"]);
  });

  it("keeps nothing that is written to it", () => {
    const { variables } = trackEnvironment({ SET: "1" });
    Object.assign(variables, { SET: "2", NEW: "3" });
    delete variables["SET"];
    expect({ ...variables }).toEqual({ SET: "1" });
    expect(variables["NEW"]).toBeUndefined();
  });
});
