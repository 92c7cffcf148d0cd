import { addTable, CREATION_TIME_INDEX, indexKey, isOfApp, type Catalog, type TableDefinition } from "../store/catalog";
import { countDocuments, documentsOf } from "../store/migration";
import type { Store, Write } from "../store/store";
import { idCheck } from "../functions/function-calls";
import { limits } from "../limits";
import { newDocumentId } from "../values/document-id";
import { FunctionError, type EncodedObject } from "../values/encoded-value";
import { CATALOG, documentKey } from "../values/keys";
import { describeMismatch, findMismatch } from "../values/validator";
import { assertDocument, sizeOf } from "../values/value-limits";
import type { IncomingTable } from "./incoming";

export type ImportMode = "requireEmpty" | "append" | "replace" | "replaceAll";

/** What an import would do. Nothing of it is done yet. */
export interface ImportPlan {
  catalog: Catalog;
  /** Tables that lose what they hold. */
  cleared: { name: string; documents: number }[];
  added: { name: string; documents: number }[];
}

/**
 * Works out an import: tables take the numbers that are in the ids, so that documents and what refers to them stay as they
 * were. Throws {@link FunctionError} when existing documents stand against it.
 */
export function planImport(store: Store, current: Catalog, tables: readonly IncomingTable[], mode: ImportMode): ImportPlan {
  const catalog = structuredClone(current);
  const plan: ImportPlan = { catalog, cleared: [], added: [] };
  const count = (name: string): number => countDocuments(store, current.tables[name]);
  const incoming = new Map(tables.map((table) => [table.name, table]));
  for (const name of Object.keys(current.tables)) {
    if (!isOfApp(name) || !(mode === "replaceAll" || (mode === "replace" && incoming.has(name)))) continue;
    if (count(name) > 0) plan.cleared.push({ name, documents: count(name) });
  }
  const stays = (name: string): boolean => count(name) > 0 && !plan.cleared.some((table) => table.name === name);
  for (const { name, number, documents } of tables) {
    if (!/^[a-zA-Z][a-zA-Z0-9_]{0,63}$/.test(name)) throw new FunctionError(`"${name}" is not a name for a table.`);
    if (mode === "requireEmpty" && count(name) > 0 && documents.length > 0) {
      throw new FunctionError(`Table "${name}" has ${count(name)} documents already. Pass --replace to replace them, or --append to keep them.`);
    }
    const table = catalog.tables[name] ?? addTable(catalog, name);
    if (number !== null && number !== table.number) {
      if (stays(name)) throw new FunctionError(`The ids of table "${name}" in the file are of another table number than those that are here. Pass --replace to replace the table, or leave out _id.`);
      table.number = number;
    }
    plan.added.push({ name, documents: documents.length });
  }
  settleNumbers(catalog, incoming, stays);
  return plan;
}

/** Tables that are not part of the import make way, if they are empty. */
function settleNumbers(catalog: Catalog, incoming: ReadonlyMap<string, IncomingTable>, stays: (name: string) => boolean): void {
  const all = Object.values(catalog.tables);
  catalog.nextTableNumber = Math.max(catalog.nextTableNumber, ...all.map(({ number }) => number + 1));
  const taken = new Map<number, string>();
  for (const table of [...all].sort((a, b) => Number(incoming.has(b.name)) - Number(incoming.has(a.name)))) {
    const other = taken.get(table.number);
    if (other !== undefined) {
      if (stays(table.name) || (incoming.get(table.name)?.documents.length ?? 0) > 0) {
        throw new FunctionError(`Tables "${other}" and "${table.name}" would have the same table number (${table.number}). Pass --replace-all to replace everything that is here.`);
      }
      table.number = catalog.nextTableNumber++;
    }
    taken.set(table.number, table.name);
  }
}

/** The writes of a planned import, all for one commit. Throws {@link FunctionError} for a document that cannot be stored. */
export function importWrites(store: Store, current: Catalog, plan: ImportPlan, tables: readonly IncomingTable[], creationTime: () => number): Write[] {
  const writes: Write[] = [[CATALOG, JSON.stringify(plan.catalog)]];
  const isId = idCheck(plan.catalog, "");
  for (const { name } of plan.cleared) {
    const table = current.tables[name];
    if (table === undefined) continue;
    for (const document of documentsOf(store, table)) for (const key of keysOf(table, document)) writes.push([key, null]);
  }
  const cleared = new Set(plan.cleared.map(({ name }) => name));
  for (const { name, documents } of tables) {
    const table = plan.catalog.tables[name];
    if (table === undefined) throw new Error(`No plan for table ${name}`);
    const ids = new Set<string>();
    for (const [index, fields] of documents.entries()) {
      const document = complete(table, fields, creationTime);
      const id = String(document["_id"]);
      const exists = ids.has(id) || (!cleared.has(name) && store.get(documentKey(id)) !== undefined);
      if (exists) throw new FunctionError(`Table "${name}", document ${index + 1}: there is a document with the id ${id} already.`);
      ids.add(id);
      try {
        assertStorable(table, document, isId);
      } catch (thrown) {
        if (thrown instanceof FunctionError) throw new FunctionError(`Table "${name}", document ${index + 1} (${id}): ${thrown.message}`);
        throw thrown;
      }
      const [documentAt = "", ...indexEntries] = keysOf(table, document);
      writes.push([documentAt, JSON.stringify(document)]);
      for (const key of indexEntries) writes.push([key, "1"]);
    }
  }
  return writes;
}

function complete(table: TableDefinition, { _id: id, _creationTime: created, ...fields }: EncodedObject, creationTime: () => number): EncodedObject {
  if (created !== undefined && typeof created !== "number") throw new FunctionError(`Table "${table.name}": _creationTime must be a number of milliseconds.`);
  return { ...fields, _creationTime: created ?? creationTime(), _id: id ?? newDocumentId(table.number) };
}

function keysOf(table: TableDefinition, document: EncodedObject): string[] {
  if (!table.indexes.some(({ name }) => name === CREATION_TIME_INDEX)) throw new Error(`Table ${table.name} has lost its index`);
  return [documentKey(String(document["_id"])), ...table.indexes.map((index) => indexKey(index, document))];
}

function assertStorable(table: TableDefinition, document: EncodedObject, isId: ReturnType<typeof idCheck>): void {
  assertDocument(document);
  const size = sizeOf(document);
  if (size > limits.documentBytes) throw new FunctionError(`Value is too large (${size} bytes > maximum size ${limits.documentBytes} bytes)`);
  if (table.validator === null) return;
  const { _id: _, _creationTime: __, ...fields } = document;
  const mismatch = findMismatch(table.validator, fields, isId);
  if (mismatch !== null) throw new FunctionError(`does not match the schema: ${describeMismatch(mismatch)}`);
}
