import { CREATION_TIME_INDEX, ID_INDEX } from "./catalog";
import type { Schema } from "./schema";
import { FunctionError } from "../values/encoded-value";
import { limits } from "../limits";
import type { Validator } from "../values/validator";
import { mayHaveField } from "../values/validator-field";
import { describeValidator } from "../values/validator-text";
import { assertFieldNames } from "../values/value-limits";

type SchemaTable = Schema["tables"][number];

const IDENTIFIER = /^[a-zA-Z][a-zA-Z0-9_]{0,63}$/;
const FIELD_PATH = /^[a-zA-Z0-9_]{1,64}(\.[a-zA-Z0-9_]{1,64})*$/;

/** Refuses a table that the real push refuses, or that this host cannot have. Throws {@link FunctionError}. */
export function assertTable({ tableName, indexes, stagedDbIndexes = [], searchIndexes, vectorIndexes, documentType }: SchemaTable, enforced: boolean): void {
  if (!IDENTIFIER.test(tableName)) throw new FunctionError(`Invalid table name "${tableName}".`);
  if ((searchIndexes?.length ?? 0) + (vectorIndexes?.length ?? 0) > 0) {
    throw new FunctionError(`Table "${tableName}" has search or vector indexes, which are not available on the embedded backend.`);
  }
  if (!isOfDocuments(documentType)) {
    throw new FunctionError(`Table "${tableName}": The document validator in a schema must be an object, a union of objects, or \`v.any()\`. Found ${describeValidator(documentType)}.`);
  }
  try {
    assertFieldNames(documentType);
  } catch (thrown) {
    throw new FunctionError(`Table "${tableName}": ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
  const all = [...indexes, ...stagedDbIndexes];
  if (all.length > limits.indexesPerTable) throw new FunctionError(`Table "${tableName}" has ${all.length} indexes: a table may have at most ${limits.indexesPerTable} indexes.`);
  const names = new Map<string, string>();
  for (const { indexDescriptor: name, fields } of all) {
    if (!IDENTIFIER.test(name) || name === ID_INDEX || name === CREATION_TIME_INDEX) throw new FunctionError(`Invalid index name "${tableName}.${name}".`);
    if ([...names.values()].includes(name)) throw new FunctionError(`Table "${tableName}" has two indexes called "${name}".`);
    const same = names.get(fields.join());
    if (same !== undefined) throw new FunctionError(`In table "${tableName}" index "${same}" and index "${name}" have the same fields. Indexes must be unique within a table.`);
    names.set(fields.join(), name);
    assertIndexFields(`${tableName}.${name}`, fields);
    // Only an enforced schema says which fields there are.
    const unknown = enforced ? fields.find((field) => !mayHaveField(documentType, field.split("."))) : undefined;
    if (unknown !== undefined) throw new FunctionError(`In table "${tableName}" the index "${name}" is invalid because it references the field ${unknown} that does not exist.`);
  }
}

function assertIndexFields(index: string, fields: readonly string[]): void {
  if (fields.length === 0) throw new FunctionError(`Index "${index}" must have at least one field.`);
  if (fields.length > limits.fieldsPerIndex) throw new FunctionError(`Index "${index}" has ${fields.length} fields: an index may have at most ${limits.fieldsPerIndex} fields.`);
  if (fields.includes("_creationTime")) throw new FunctionError(`Index "${index}" lists _creationTime, which every index ends with by itself.`);
  if (fields.includes("_id")) throw new FunctionError(`Index "${index}" lists _id, which is not a valid index field. To load documents by their id, use \`db.get(id)\`.`);
  if (new Set(fields).size !== fields.length) throw new FunctionError(`Index "${index}" has a field twice.`);
  const odd = fields.find((field) => !FIELD_PATH.test(field));
  if (odd !== undefined) throw new FunctionError(`Index "${index}": Invalid index field: "${odd}"`);
}

function isOfDocuments(validator: Validator): boolean {
  if (validator.type === "union") return validator.value.every(({ type }) => type === "object");
  return validator.type === "object" || validator.type === "any";
}
