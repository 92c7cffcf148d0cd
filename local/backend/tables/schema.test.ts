import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";
import { describe, expect, it } from "vitest";
import { newCatalog } from "./catalog";
import { parseSchema, planCatalog, type Schemas } from "./schema";

/** The export of a schema, as it is pushed. */
const exported = (schema: object): string => (schema as { export: () => string }).export();
/** The app alone, with this schema. */
const app = (schema: object): Schemas => new Map([["", parseSchema(exported(schema))]]);
function table() {
  return defineTable({ a: v.string(), b: v.string() });
}

describe("planCatalog", () => {
  it("adds, keeps and removes indexes, and keeps the numbers of tables", () => {
    const first = planCatalog(newCatalog(), app(defineSchema({ notes: table().index("by_a", ["a"]).index("by_b", ["b"]) })));
    expect(first.added.map(({ index }) => index.name)).toEqual(["by_a", "by_b"]);
    const second = planCatalog(first.catalog, app(defineSchema({ notes: table().index("by_a", ["a"]).index("by_b", ["b", "a"]) })));
    expect(second.added.map(({ index }) => index.fields)).toEqual([["b", "a"]]);
    expect(second.removed.map(({ index }) => index.fields)).toEqual([["b"]]);
    expect(second.toValidate).toEqual([]);
    expect(second.catalog.tables["notes"]?.number).toBe(first.catalog.tables["notes"]?.number);
    expect(first.catalog.tables["notes"]?.indexes.find(({ name }) => name === "by_b")?.fields).toEqual(["b"]);
  });

  it("has documents validated only when a validator changed", () => {
    const first = planCatalog(newCatalog(), app(defineSchema({ notes: table() })));
    expect(first.toValidate.map(({ tableName }) => tableName)).toEqual(["notes"]);
    const wider = app(defineSchema({ notes: defineTable({ a: v.optional(v.string()) }) }));
    expect(planCatalog(first.catalog, wider).toValidate).toHaveLength(1);
    const unenforced = app(defineSchema({ notes: table() }, { schemaValidation: false }));
    expect(planCatalog(first.catalog, unenforced).catalog.tables["notes"]?.validator).toBeNull();
  });

  it("gives each component its own tables, and keeps those of one that is not mounted", () => {
    const both = planCatalog(newCatalog(), new Map([...app(defineSchema({ notes: table() })), ["pool", parseSchema(exported(defineSchema({ notes: table().index("by_a", ["a"]) })))]]));
    const { tables } = both.catalog;
    expect(tables["notes"]?.number).not.toBe(tables["pool/notes"]?.number);
    expect(tables["pool/_scheduled_functions"]).toBeDefined();
    const unmounted = planCatalog(both.catalog, app(defineSchema({ notes: table() })));
    expect(unmounted.removed).toEqual([]);
    expect(unmounted.catalog.tables["pool/notes"]).toEqual(tables["pool/notes"]);
  });
});

describe("parseSchema", () => {
  it("refuses what the real push refuses", () => {
    const many = (count: number): string[] => Array.from({ length: count }, (_, at) => `f${at}`);
    const withIndexes = (indexes: [string, string[]][]): string =>
      JSON.stringify({ tables: [{ tableName: "t", indexes: indexes.map(([indexDescriptor, fields]) => ({ indexDescriptor, fields })), documentType: { type: "any" } }], schemaValidation: true });
    expect(() => parseSchema(withIndexes([["wide", many(17)]]))).toThrow(/at most 16 fields/);
    expect(() => parseSchema(withIndexes(many(33).map((name) => [name, [name]])))).toThrow(/at most 32 indexes/);
    expect(() => parseSchema(withIndexes([["by_id", ["a"]]]))).toThrow(/Invalid index name/);
    expect(() => parseSchema(withIndexes([["twice", ["a"]], ["twice", ["b"]]]))).toThrow(/two indexes/);
    expect(() => parseSchema(withIndexes([["one", ["a", "b"]], ["other", ["b", "a"]], ["same", ["a", "b"]]]))).toThrow(/"one" and index "same" have the same fields/);
    expect(() => parseSchema(withIndexes([["none", []]]))).toThrow(/at least one field/);
    expect(() => parseSchema(withIndexes([["own", ["_id"]]]))).toThrow(/db\.get\(id\)/);
    expect(() => parseSchema(withIndexes([["odd", ["a..b"]]]))).toThrow(/Invalid index field: "a\.\.b"/);
    const documents = (documentType: object): string => JSON.stringify({ tables: [{ tableName: "t", indexes: [], documentType }], schemaValidation: true });
    expect(() => parseSchema(documents({ type: "string" }))).toThrow(/must be an object, a union of objects, or `v\.any\(\)`\. Found v\.string\(\)/);
    expect(() => parseSchema(documents({ type: "union", value: [{ type: "object", value: {} }, { type: "null" }] }))).toThrow(/union of objects/);
  });

  it("refuses an index on a field that no document can have, unless the schema is not enforced", () => {
    const on = (field: string, options?: { schemaValidation: boolean }): string => {
      const documents = v.union(v.object({ a: v.object({ b: v.string() }), map: v.record(v.string(), v.object({ c: v.any() })) }), v.object({ other: v.optional(v.any()) }));
      return exported(defineSchema({ t: defineTable(documents).index("by_field", [field as "other"]) }, options));
    };
    for (const field of ["a", "a.b", "map.key", "map.key.c.d", "other", "other.deep.down"]) expect(() => parseSchema(on(field))).not.toThrow();
    for (const field of ["c", "a.c", "a.b.c", "map.key.d", "toString"]) {
      expect(() => parseSchema(on(field))).toThrow(`In table "t" the index "by_field" is invalid because it references the field ${field} that does not exist.`);
    }
    expect(() => parseSchema(on("c", { schemaValidation: false }))).not.toThrow();
  });

  it("says that search indexes are not available here", () => {
    const schema = defineSchema({ notes: table().searchIndex("text", { searchField: "a" }) });
    expect(() => parseSchema(exported(schema))).toThrow(/not available on the embedded backend/);
  });
});
