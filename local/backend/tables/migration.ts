import { creationIndex, indexKey, splitTableKey, tableWith, type Catalog, type TableDefinition } from "./catalog";
import { ID_LENGTH } from "../values/document-id";
import type { EncodedObject } from "../values/encoded-value";
import { idCheck } from "../functions/function-calls";
import { AFTER, documentKey, indexPrefix } from "../values/keys";
import type { CatalogPlan } from "./schema";
import type { Store, Write } from "../store/store";
import { asDocument } from "./transaction";
import { findMismatch } from "../values/validator";
import { describeMismatch } from "../values/validator-text";

/** All documents of a table, by the index that every table has. */
export function* documentsOf(store: Store, table: TableDefinition | undefined, reverse = false): Iterable<EncodedObject> {
  if (table === undefined) return;
  const prefix = indexPrefix(creationIndex(table).id);
  for (const key of store.keys([prefix, prefix + AFTER], reverse)) {
    const json = store.get(documentKey(key.slice(-ID_LENGTH)));
    if (json !== undefined) yield asDocument(json);
  }
}

/** How many documents a table has. */
export function countDocuments(store: Store, table: TableDefinition | undefined): number {
  if (table === undefined) return 0;
  const prefix = indexPrefix(creationIndex(table).id);
  return store.count([prefix, prefix + AFTER]);
}

/** The first stored document that the new validators refuse, told as the CLI shows it, or null. */
export function findUnfit(store: Store, current: Catalog, { toValidate, catalog }: CatalogPlan): { tableName: string; componentPath: string; error: string } | null {
  for (const { tableName: key, validator } of toValidate) {
    const { component, name: tableName } = splitTableKey(key);
    const isId = idCheck(catalog, component);
    for (const { _id, _creationTime: _, ...fields } of documentsOf(store, tableWith(current, key))) {
      const mismatch = findMismatch(validator, fields, isId);
      if (mismatch === null) continue;
      const error = `Document with ID "${String(_id)}" in table "${tableName}" does not match the schema: ${describeMismatch(mismatch)}`;
      return { tableName, componentPath: component, error };
    }
  }
  return null;
}

/** The writes that fill new indexes and empty those that are gone. */
export function* indexWrites(store: Store, { added, removed, catalog }: CatalogPlan): Iterable<Write> {
  for (const { index } of removed) {
    const prefix = indexPrefix(index.id);
    for (const key of store.keys([prefix, prefix + AFTER])) yield [key, null];
  }
  for (const tableName of new Set(added.map((change) => change.tableName))) {
    const indexes = added.filter((change) => change.tableName === tableName);
    for (const document of documentsOf(store, tableWith(catalog, tableName))) {
      for (const { index } of indexes) yield [indexKey(index, document), "1"];
    }
  }
}
