import { addTable, indexKey, isSystemTable, splitTableKey, tableWith, type Catalog, type TableDefinition } from "../tables/catalog";
import { countDocuments, documentsOf } from "../tables/migration";
import type { Store, Write } from "../store/store";
import { idCheck } from "../functions/function-calls";
import { limits } from "../limits";
import { formatBytes } from "../values/byte-size";
import { newDocumentId } from "../values/document-id";
import { FunctionError, type EncodedObject } from "../values/encoded-value";
import { CATALOG, documentKey } from "../values/keys";
import { findMismatch } from "../values/validator";
import { describeMismatch } from "../values/validator-text";
import { assertDocument, sizeOf } from "../values/value-limits";
import type { IncomingTable } from "./incoming";

export type ImportMode = "requireEmpty" | "append" | "replace" | "replaceAll";

/** What an import would do. Nothing of it is done yet. */
export interface ImportPlan {
  catalog: Catalog;
  /** Tables that lose what they hold. */
  cleared: { key: string; documents: number }[];
  added: { key: string; documents: number }[];
}

/**
 * Works out an import: tables take the numbers that are in the ids, so that documents and what refers to them stay as they
 * were. Throws {@link FunctionError} when existing documents stand against it.
 */
export function planImport(store: Store, current: Catalog, tables: readonly IncomingTable[], mode: ImportMode): ImportPlan {
  const catalog = structuredClone(current);
  const plan: ImportPlan = { catalog, cleared: [], added: [] };
  const count = (key: string): number => countDocuments(store, tableWith(current, key));
  const incoming = new Map(tables.map((table) => [table.key, table]));
  for (const key of Object.keys(current.tables)) {
    if (isSystemTable(key) || !(mode === "replaceAll" || (mode === "replace" && incoming.has(key)))) continue;
    if (count(key) > 0) plan.cleared.push({ key, documents: count(key) });
  }
  const stays = (key: string): boolean => count(key) > 0 && !plan.cleared.some((table) => table.key === key);
  for (const { key, number, documents } of tables) {
    if (mode === "requireEmpty" && count(key) > 0 && documents.length > 0) {
      throw new FunctionError(`Table "${key}" has ${count(key)} documents already. Pass --replace to replace them, or --append to keep them.`);
    }
    const table = tableWith(catalog, key) ?? addTable(catalog, key);
    if (number !== null && number !== table.number) {
      if (stays(key)) throw new FunctionError(`The ids of table "${key}" in the file are of another table number than those that are here. Pass --replace to replace the table, or leave out _id.`);
      table.number = number;
    }
    plan.added.push({ key, documents: documents.length });
  }
  settleNumbers(catalog, incoming, stays);
  return plan;
}

/** Tables that are not part of the import make way, if they are empty. Each component has its numbers to itself. */
function settleNumbers(catalog: Catalog, incoming: ReadonlyMap<string, IncomingTable>, stays: (key: string) => boolean): void {
  const all = Object.values(catalog.tables);
  catalog.nextTableNumber = Math.max(catalog.nextTableNumber, ...all.map(({ number }) => number + 1));
  const taken = new Map<string, string>();
  for (const table of [...all].sort((a, b) => Number(incoming.has(b.name)) - Number(incoming.has(a.name)))) {
    const place = `${splitTableKey(table.name).component}:${table.number}`;
    const other = taken.get(place);
    if (other !== undefined) {
      if (stays(table.name) || (incoming.get(table.name)?.documents.length ?? 0) > 0) {
        throw new FunctionError(`Tables "${other}" and "${table.name}" would have the same table number (${table.number}). Pass --replace-all to replace everything that is here.`);
      }
      table.number = catalog.nextTableNumber++;
    }
    taken.set(place, table.name);
  }
}

/** The writes of a planned import, all for one commit. Throws {@link FunctionError} for a document that cannot be stored. */
export function importWrites(store: Store, current: Catalog, plan: ImportPlan, tables: readonly IncomingTable[], creationTime: () => number): Write[] {
  const writes: Write[] = [[CATALOG, JSON.stringify(plan.catalog)]];
  const removed = new Set<string>();
  for (const { key } of plan.cleared) {
    const table = tableWith(current, key);
    if (table === undefined) continue;
    for (const document of documentsOf(store, table)) {
      removed.add(String(document["_id"]));
      for (const at of keysOf(table, document)) writes.push([at, null]);
    }
  }
  const ids = new Set<string>();
  for (const { key, documents } of tables) {
    const table = tableWith(plan.catalog, key);
    if (table === undefined) throw new Error(`No plan for table ${key}`);
    const isId = idCheck(plan.catalog, splitTableKey(key).component);
    for (const { fields, place } of documents) {
      const created = fields["_creationTime"];
      if (created !== undefined && typeof created !== "number") throw new FunctionError(`Table "${key}", ${place}: _creationTime must be a number of milliseconds.`);
      const made = created ?? creationTime();
      const document = { ...fields, _creationTime: made, _id: fields["_id"] ?? newDocumentId(table.number, made) };
      const id = String(document["_id"]);
      const exists = ids.has(id) || (!removed.has(id) && store.get(documentKey(id)) !== undefined);
      if (exists) throw new FunctionError(`Table "${key}", ${place}: there is a document with the id ${id} already.`);
      ids.add(id);
      try {
        assertStorable(table, document, isId);
      } catch (thrown) {
        if (thrown instanceof FunctionError) throw new FunctionError(`Table "${key}", ${place} (${id}): ${thrown.message}`);
        throw thrown;
      }
      const [documentAt = "", ...indexEntries] = keysOf(table, document);
      writes.push([documentAt, JSON.stringify(document)]);
      for (const entry of indexEntries) writes.push([entry, "1"]);
    }
  }
  return writes;
}

function keysOf(table: TableDefinition, document: EncodedObject): string[] {
  return [documentKey(String(document["_id"])), ...table.indexes.map((index) => indexKey(index, document))];
}

function assertStorable(table: TableDefinition, document: EncodedObject, isId: ReturnType<typeof idCheck>): void {
  assertDocument(document);
  const size = sizeOf(document);
  if (size > limits.documentBytes) throw new FunctionError(`Value is too large (${formatBytes(size)} > maximum size ${formatBytes(limits.documentBytes)})`);
  if (table.validator === null) return;
  const { _id: _, _creationTime: __, ...fields } = document;
  const mismatch = findMismatch(table.validator, fields, isId);
  if (mismatch !== null) throw new FunctionError(`does not match the schema: ${describeMismatch(mismatch)}`);
}
