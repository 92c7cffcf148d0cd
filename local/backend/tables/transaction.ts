import { addTable, creationIndex, indexKey, isSystemTable, splitTableKey, tablesByNumber, tableKey, tableWith, type Catalog, type TableDefinition } from "./catalog";
import { formatBytes } from "../values/byte-size";
import { newDocumentId, tableNumberOf } from "../values/document-id";
import { FunctionError, isPlainObject, kindOf, parseEncoded, type EncodedObject } from "../values/encoded-value";
import { documentKey, type Key, type KeyRange } from "../values/keys";
import { limits } from "../limits";
import { MergedKeys, type KeyScan } from "./merged-keys";
import { SortedKeys } from "./sorted-keys";
import type { StoreReader, Write } from "../store/store";
import { TransactionUsage, type UsageMark } from "./transaction-usage";
import { findMismatch, type IdCheck } from "../values/validator";
import { describeMismatch } from "../values/validator-text";
import { assertDocument, assertValue, sizeOf } from "../values/value-limits";

/** The step between the creation times of documents inserted in one millisecond; exact in a float64. */
export const CREATION_STEP_MS = 1 / 1024;

/** What each change is called when there is nothing to change. */
const CHANGES = { replace: "Replace", patch: "Update", delete: "Delete" } as const;

interface Undo {
  key: Key;
  before: string | null | undefined;
}

/** A range that was read, from `lo` to before `hi`, or, when `through` is set, through `hi`. A query in progress widens it as it goes. */
export interface ReadRange {
  lo: Key;
  hi: Key;
  through?: boolean;
}

/** What a transaction leaves behind for the one who commits it. Plain data, it crosses threads. */
export interface TransactionOutcome {
  reads: KeyRange[];
  writes: Write[];
  /** Sorted keys of which some reader could have seen another value: more than `writes`, as an index entry whose document changed counts. */
  touched: Key[];
  newTables: TableDefinition[];
  lastCreationTime: number;
}

/** A point to which the writes of a transaction can be taken back. */
export interface Savepoint {
  readonly undo: number;
  readonly tables: number;
  readonly usage: UsageMark;
}

/** An overlay of writes on a snapshot, with a record of everything that was read. Documents are handled in encoded JSON. */
export class Transaction {
  readonly usage = new TransactionUsage();
  private readonly reads: ReadRange[] = [];
  private readonly overlay = new Map<Key, string | null>();
  private readonly overlayKeys = new SortedKeys();
  private readonly touched = new Set<Key>();
  private readonly undoLog: Undo[] = [];
  private readonly newTables: TableDefinition[] = [];

  /** `catalog` gains the tables that the transaction makes; `nextCreationTime` is in milliseconds. */
  constructor(
    private readonly store: StoreReader,
    readonly catalog: Catalog,
    private nextCreationTime: number,
  ) {}

  /** Says whether something is an id of a table that a component's functions know by this name. */
  idCheck(component: string): IdCheck {
    return (id, tableName) => tableNumberOf(id) === tableWith(this.catalog, tableKey(component, tableName))?.number;
  }

  /** The table with this key, or undefined when nothing was ever written to it. */
  table(key: string): TableDefinition | undefined {
    return tableWith(this.catalog, key);
  }

  /** The table that an id is of; when its number is shared and there is no such document, that of `component`. */
  tableOf(id: string, component: string): TableDefinition | undefined {
    const tableNumber = tableNumberOf(id);
    const tables = tableNumber === null ? [] : tablesByNumber(this.catalog, tableNumber);
    if (tables.length <= 1) return tables[0];
    const json = this.peek(documentKey(id));
    return tables.find((table) => (json === null ? splitTableKey(table.name).component === component : this.holds(table, asDocument(json))));
  }

  /** Whether a document is of this table, where ids do not tell. */
  holds(table: TableDefinition, document: EncodedObject): boolean {
    return this.peek(indexKey(creationIndex(table), document)) !== null;
  }

  /** The stored JSON of a document, or null. */
  get(id: string): string | null {
    const key = documentKey(id);
    this.recordRead({ lo: key, hi: key + "\0" });
    return this.readDocument(id);
  }

  /** As {@link get}, for a document found through an index whose range is on record. */
  readDocument(id: string): string | null {
    const json = this.peek(documentKey(id));
    if (json === null) return null;
    this.usage.count("documentsRead", 1);
    this.usage.count("bytesRead", json.length);
    return json;
  }

  /** Puts a range on record. The object may be widened until the transaction ends. */
  recordRead(range: ReadRange): void {
    this.reads.push(range);
    this.usage.count("databaseQueries", 1);
  }

  /** Keys of a range in order. Writes made while it is read are seen when they lie ahead. */
  keys(range: KeyRange, reverse: boolean): KeyScan {
    return new MergedKeys(this.store.keys(range, reverse)[Symbol.iterator](), this.overlay, this.overlayKeys, range, reverse);
  }

  /** Adds a document and returns its id. Throws {@link FunctionError} for what schema or limits refuse. */
  insert(tableName: string, fields: EncodedObject): string {
    const table = this.table(tableName) ?? this.createTable(tableName);
    const id = newDocumentId(table.number, this.nextCreationTime);
    const system = { _creationTime: this.nextCreationTime, _id: id };
    // First, as on Convex, where fields are in the order of their names; and whatever the caller says.
    const document = { ...system, ...fields, ...system };
    this.nextCreationTime += CREATION_STEP_MS;
    this.write(table, id, null, document);
    return id;
  }

  /** Replaces all fields of a document. */
  replace(id: string, fields: EncodedObject, expectedTable?: string): void {
    const { table, document } = this.existing(id, "replace", expectedTable);
    this.overwrite(table, id, document, fields);
  }

  /** Merges fields into a document; `{ $undefined: null }` removes one. */
  patch(id: string, changes: EncodedObject, expectedTable?: string): void {
    const { table, document } = this.existing(id, "patch", expectedTable);
    const merged: EncodedObject = { ...document };
    for (const [name, value] of Object.entries(changes)) {
      if (kindOf(value).kind === "undefined") delete merged[name];
      else merged[name] = value;
    }
    this.overwrite(table, id, document, merged);
  }

  /** Deletes a document. */
  remove(id: string, expectedTable?: string): void {
    const { table, document } = this.existing(id, "delete", expectedTable);
    this.write(table, id, document, null);
  }

  savepoint(): Savepoint {
    return { undo: this.undoLog.length, tables: this.newTables.length, usage: this.usage.mark() };
  }

  /** Takes back every write since `savepoint`; what was read stays on record. */
  rollback(savepoint: Savepoint): void {
    this.usage.restore(savepoint.usage, true);
    for (const { key, before } of this.undoLog.splice(savepoint.undo).reverse()) {
      if (before === undefined) {
        this.overlay.delete(key);
        this.overlayKeys.delete(key);
      } else {
        this.overlay.set(key, before);
      }
    }
    for (const { name, indexes } of this.newTables.splice(savepoint.tables)) {
      delete this.catalog.tables[name];
      // The numbers go back too: the main thread gives them out again.
      this.catalog.nextTableNumber--;
      this.catalog.nextIndexId -= indexes.length;
    }
  }

  outcome(): TransactionOutcome {
    return {
      reads: this.reads.map(({ lo, hi, through }) => [lo, through === true ? `${hi}\0` : hi] as const),
      writes: [...this.overlay],
      touched: this.overlay.size === 0 ? [] : [...this.touched].sort(),
      newTables: [...this.newTables],
      lastCreationTime: this.nextCreationTime,
    };
  }

  private createTable(key: string): TableDefinition {
    const { name } = splitTableKey(key);
    if (!/^[a-zA-Z][a-zA-Z0-9_]{0,63}$/.test(name)) throw new FunctionError(`Invalid table name "${name}".`);
    const table = addTable(this.catalog, key);
    this.newTables.push(table);
    return table;
  }

  private overwrite(table: TableDefinition, id: string, document: EncodedObject, fields: EncodedObject): void {
    const { _id: givenId, _creationTime: givenTime, ...rest } = fields;
    if (givenId !== undefined && givenId !== id) throw new FunctionError("Provided document `_id` field does not match the id argument.");
    if (givenTime !== undefined && givenTime !== document["_creationTime"]) throw new FunctionError("Provided document `_creationTime` field does not match.");
    this.write(table, id, document, { _creationTime: document["_creationTime"] ?? null, _id: id, ...rest });
  }

  private existing(id: string, verb: keyof typeof CHANGES, expectedTable?: string): { table: TableDefinition; document: EncodedObject } {
    const table = this.tableOf(id, "");
    if (table === undefined) throw new FunctionError(`Invalid ID for \`db.${verb}\`: "${id}" is not an id of any table.`);
    if (expectedTable !== undefined && expectedTable !== table.name) {
      const [expected, found] = [expectedTable, table.name].map((key) => splitTableKey(key).name);
      throw new FunctionError(`Invalid argument \`id\` for \`db.${verb}\`: expected to be an Id<"${expected}">, got Id<"${found}"> instead.`);
    }
    const json = this.get(id);
    if (json === null) throw new FunctionError(`${CHANGES[verb]} on nonexistent document ID ${id}`);
    return { table, document: asDocument(json) };
  }

  private write(table: TableDefinition, id: string, before: EncodedObject | null, after: EncodedObject | null): void {
    const json = after === null ? null : JSON.stringify(after);
    const size = after === null ? 0 : this.checkDocument(table, after);
    this.usage.count("documentsWritten", 1);
    this.usage.count("bytesWritten", size);
    this.put(documentKey(id), json);
    for (const index of table.indexes) {
      const old = before === null ? null : indexKey(index, before);
      const now = after === null ? null : indexKey(index, after);
      if (old !== null && old !== now) this.put(old, null);
      if (now !== null && old !== now) this.put(now, "1");
      if (now !== null) this.touched.add(now);
    }
  }

  /** The size of the document, in bytes. Throws {@link FunctionError} when it cannot be stored in this table. */
  private checkDocument(table: TableDefinition, document: EncodedObject): number {
    if (isSystemTable(table.name)) assertValue(document);
    else assertDocument(document);
    const size = sizeOf(document);
    if (size > limits.documentBytes) {
      throw new FunctionError(`Value is too large (${formatBytes(size)} > maximum size ${formatBytes(limits.documentBytes)})`);
    }
    if (table.validator === null) return size;
    const { _id: _, _creationTime: __, ...fields } = document;
    const { component, name } = splitTableKey(table.name);
    const mismatch = findMismatch(table.validator, fields, this.idCheck(component));
    if (mismatch !== null) {
      throw new FunctionError(`Failed to insert or update a document in table "${name}" because it does not match the schema: ${describeMismatch(mismatch)}`);
    }
    return size;
  }

  private peek(key: Key): string | null {
    const own = this.overlay.get(key);
    return own !== undefined ? own : (this.store.get(key) ?? null);
  }

  private put(key: Key, value: string | null): void {
    const before = this.overlay.get(key);
    this.undoLog.push({ key, before });
    if (before === undefined) this.overlayKeys.add(key);
    this.overlay.set(key, value);
    this.touched.add(key);
  }
}

/** Stored JSON to a document. Everything stored was an object when it was written. */
export function asDocument(json: string): EncodedObject {
  const document = parseEncoded(json);
  if (!isPlainObject(document)) throw new Error("A stored document is not an object");
  return document;
}
