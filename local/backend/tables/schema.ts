import { z } from "zod";
import { addSystemTables, addTable, CREATION_TIME_INDEX, isSystemTable, splitTableKey, tableKey, tableWith, type Catalog, type IndexDefinition } from "./catalog";
import { FunctionError } from "../values/encoded-value";
import { assertTable } from "./schema-rules";
import type { Validator } from "../values/validator";

const index = z.object({ indexDescriptor: z.string(), fields: z.array(z.string()) });
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

/** Reads the export of a schema. Throws {@link FunctionError} for what the real push refuses and for what this host lacks. */
export function parseSchema(json: string | null): Schema | null {
  if (json === null) return null;
  const parsed = schema.safeParse(JSON.parse(json));
  if (!parsed.success) throw new FunctionError(`Invalid schema: ${z.prettifyError(parsed.error)}`);
  for (const declared of parsed.data.tables) assertTable(declared, parsed.data.schemaValidation);
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
  for (const [component, schema] of schemas) {
    addSystemTables(catalog, component);
    for (const { tableName } of schema?.tables ?? []) {
      const key = tableKey(component, tableName);
      if (tableWith(catalog, key) === undefined) addTable(catalog, key);
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
