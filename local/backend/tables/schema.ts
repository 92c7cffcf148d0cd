import { z } from "zod";
import { addSystemTables, addTable, CREATION_TIME_INDEX, ID_INDEX, isSystemTable, splitTableKey, tableKey, type Catalog, type IndexDefinition } from "./catalog";
import { FunctionError } from "../values/encoded-value";
import { limits } from "../limits";
import type { Validator } from "../values/validator";
import { assertFieldNames } from "../values/value-limits";

const index = z.object({ indexDescriptor: z.string(), fields: z.array(z.string()).min(1) });
const table = z.looseObject({
  tableName: z.string(),
  indexes: z.array(index),
  stagedDbIndexes: z.array(index).optional(),
  searchIndexes: z.array(z.unknown()).optional().nullable(),
  vectorIndexes: z.array(z.unknown()).optional().nullable(),
  documentType: z.custom<Validator>((value) => typeof value === "object" && value !== null),
});
/** A schema as `defineSchema` exports it. */
export const schema = z.object({ tables: z.array(table), schemaValidation: z.boolean() });
export type Schema = z.infer<typeof schema>;

const IDENTIFIER = /^[a-zA-Z][a-zA-Z0-9_]{0,63}$/;

/** Reads the export of a schema. Throws {@link FunctionError} for what the real push refuses and for what this host lacks. */
export function parseSchema(json: string | null): Schema | null {
  if (json === null) return null;
  const parsed = schema.safeParse(JSON.parse(json));
  if (!parsed.success) throw new FunctionError(`Invalid schema: ${z.prettifyError(parsed.error)}`);
  for (const { tableName, indexes, stagedDbIndexes = [], searchIndexes, vectorIndexes, documentType } of parsed.data.tables) {
    if (!IDENTIFIER.test(tableName)) throw new FunctionError(`Invalid table name "${tableName}".`);
    if ((searchIndexes?.length ?? 0) + (vectorIndexes?.length ?? 0) > 0) {
      throw new FunctionError(`Table "${tableName}" has search or vector indexes, which are not available on the embedded backend.`);
    }
    try {
      assertFieldNames(documentType);
    } catch (thrown) {
      throw new FunctionError(`Table "${tableName}": ${thrown instanceof Error ? thrown.message : String(thrown)}`);
    }
    const all = [...indexes, ...stagedDbIndexes];
    if (all.length > limits.indexesPerTable) throw new FunctionError(`Table "${tableName}" has ${all.length} indexes: a table may have at most ${limits.indexesPerTable} indexes.`);
    const names = new Set<string>();
    for (const { indexDescriptor: name, fields } of all) {
      if (!IDENTIFIER.test(name) || name === ID_INDEX || name === CREATION_TIME_INDEX) throw new FunctionError(`Invalid index name "${tableName}.${name}".`);
      if (names.has(name)) throw new FunctionError(`Table "${tableName}" has two indexes called "${name}".`);
      names.add(name);
      if (fields.length > limits.fieldsPerIndex) throw new FunctionError(`Index "${tableName}.${name}" has ${fields.length} fields: an index may have at most ${limits.fieldsPerIndex} fields.`);
      if (fields.includes("_creationTime")) throw new FunctionError(`Index "${tableName}.${name}" lists _creationTime, which every index ends with by itself.`);
      if (new Set(fields).size !== fields.length) throw new FunctionError(`Index "${tableName}.${name}" has a field twice.`);
    }
  }
  return parsed.data;
}

/** An index as the CLI shows it. */
export interface IndexChange {
  name: string;
  type: "database";
  fields: string[];
}

export interface CatalogPlan {
  catalog: Catalog;
  added: { tableName: string; index: IndexDefinition }[];
  removed: { tableName: string; index: IndexDefinition }[];
  /** Tables whose documents must be checked, with their validators. */
  toValidate: { tableName: string; validator: Validator }[];
}

/** The schemas of the app ("") and of every mounted component; null where there is none. */
export type Schemas = ReadonlyMap<string, Schema | null>;

/**
 * Works out the catalog under new schemas, leaving the old one as it is. Tables of a component that is not mounted any more
 * stay as they are, as on Convex: it may be mounted again.
 */
export function planCatalog(current: Catalog, schemas: Schemas): CatalogPlan {
  const catalog = structuredClone(current);
  const plan: CatalogPlan = { catalog, added: [], removed: [], toValidate: [] };
  catalog.declared = [];
  catalog.strict = [];
  for (const [component, schema] of schemas) {
    addSystemTables(catalog, component);
    if (schema?.schemaValidation === true) catalog.strict.push(component);
    for (const { tableName } of schema?.tables ?? []) {
      const key = tableKey(component, tableName);
      catalog.declared.push(key);
      if (catalog.tables[key] === undefined) addTable(catalog, key);
    }
  }
  for (const [tableName, definition] of Object.entries(catalog.tables)) {
    const { component, name: ownName } = splitTableKey(tableName);
    const next = schemas.get(component);
    if (next === undefined || isSystemTable(tableName)) continue;
    const declared = next?.tables.find((candidate) => candidate.tableName === ownName);
    const wanted = [...(declared?.indexes ?? []), ...(declared?.stagedDbIndexes ?? [])];
    const kept = definition.indexes.filter(
      ({ name, fields }) => name === CREATION_TIME_INDEX || wanted.some((other) => other.indexDescriptor === name && sameFields(other.fields, fields)),
    );
    for (const old of definition.indexes) if (!kept.includes(old)) plan.removed.push({ tableName, index: old });
    for (const { indexDescriptor: name, fields } of wanted) {
      if (kept.some((other) => other.name === name)) continue;
      const added = { id: catalog.nextIndexId++, name, fields };
      kept.push(added);
      plan.added.push({ tableName, index: added });
    }
    definition.indexes = kept;
    const validator = next?.schemaValidation === true ? (declared?.documentType ?? null) : null;
    if (validator !== null && JSON.stringify(validator) !== JSON.stringify(definition.validator)) plan.toValidate.push({ tableName, validator });
    definition.validator = validator;
  }
  return plan;
}

/** Index changes in the form of the CLI, which knows nothing of {@link CREATION_TIME_INDEX}. */
export function describeIndexes(changes: CatalogPlan["added"]): IndexChange[] {
  return changes.map(({ tableName, index: { name, fields } }) => ({ name: `${tableName}.${name}`, type: "database", fields: [...fields, "_creationTime"] }));
}

function sameFields(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((field, at) => field === b[at]);
}
