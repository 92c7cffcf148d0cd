import { describe, expect, it } from "vitest";
import { documentArguments, getArguments, insertArguments, writeArguments } from "./document-arguments";

describe("the arguments of a document's syscalls", () => {
  it("are taken as the package sends them", () => {
    expect(documentArguments({ id: "a" })).toEqual({ id: "a", table: undefined });
    expect(getArguments({ id: "a", isSystem: true, version: "1" })).toEqual({ id: "a", table: undefined, isSystem: true });
    expect(getArguments({ id: "a", table: "notes" })).toEqual({ id: "a", table: "notes", isSystem: false });
    expect(writeArguments({ id: "a", value: { done: true } })).toEqual({ id: "a", table: undefined, value: { done: true } });
    expect(insertArguments({ table: "notes", value: {} })).toEqual({ table: "notes", value: {} });
  });

  it("are refused, with what is wrong, when they are anything else", () => {
    expect(() => documentArguments(null)).toThrow("Malformed arguments");
    expect(() => documentArguments({})).toThrow("`id`");
    expect(() => documentArguments({ id: "a", table: 5 })).toThrow("`table`");
    expect(() => insertArguments({ value: {} })).toThrow("`table`");
    expect(() => insertArguments({ table: "notes", value: [] })).toThrow("`value`");
    expect(() => writeArguments({ id: "a", value: { $integer: "AQAAAAAAAAA=" } })).toThrow("`value`");
    expect(() => writeArguments({ id: "a" })).toThrow("`value`");
  });
});
