import { fieldAt, type EncodedObject } from "../values/encoded-value";
import { encodeIndexField, indexPrefix, type Key } from "../values/keys";
import type { Validator } from "../values/validator";

/** One index of a table. The key always ends with `_creationTime` and `_id`, which `fields` leaves out. */
export interface IndexDefinition {
  id: number;
  name: string;
  fields: string[];
}

/** One table. `name` is its {@link tableKey}; `validator` is null where the schema says nothing or is not enforced. */
export interface TableDefinition {
  number: number;
  name: string;
  indexes: IndexDefinition[];
  validator: Validator | null;
}

/** Every table there is, by its {@link tableKey}. Plain data: it is stored, and sent to workers. */
export interface Catalog {
  tables: Record<string, TableDefinition>;
  nextTableNumber: number;
  nextIndexId: number;
}

/** What a component's table is called in the catalog: each component has its names to itself; those of the app ("") stand as they are. */
export function tableKey(component: string, name: string): string {
  return component === "" ? name : `${component}/${name}`;
}

/** The component and the name that a {@link tableKey} was made of. */
export function splitTableKey(key: string): { component: string; name: string } {
  const slash = key.lastIndexOf("/");
  return { component: key.slice(0, Math.max(slash, 0)), name: key.slice(slash + 1) };
}

/** Whether a table, by its key, is the host's rather than the functions' own. */
export function isSystemTable(key: string): boolean {
  return splitTableKey(key).name.startsWith("_");
}

export const CREATION_TIME_INDEX = "by_creation_time";
export const ID_INDEX = "by_id";
export const SCHEDULED_TABLE = "_scheduled_functions";
/** An index of the host's own on the scheduled functions; functions cannot name it. */
export const SCHEDULED_STATE_INDEX = "_by_state";

/** Runs that crons caused. They are kept apart from what functions scheduled, as on Convex. */
export const CRON_RUN_TABLE = "_cron_runs";
const RUN_TABLES = [SCHEDULED_TABLE, CRON_RUN_TABLE] as const;
const RUN_STATE_FIELDS = ["state.kind", "scheduledTime"];

const FIRST_USER_TABLE = 10_001;

/** The catalog of a new deployment: the system tables only. */
export function newCatalog(): Catalog {
  const runTable = (name: string, at: number): TableDefinition => ({
    number: 9001 + at,
    name,
    indexes: [
      { id: 1 + 2 * at, name: CREATION_TIME_INDEX, fields: [] },
      { id: 2 + 2 * at, name: SCHEDULED_STATE_INDEX, fields: RUN_STATE_FIELDS },
    ],
    validator: null,
  });
  return {
    tables: Object.fromEntries(RUN_TABLES.map((name, at) => [name, runTable(name, at)])),
    nextTableNumber: FIRST_USER_TABLE,
    nextIndexId: 16,
  };
}

/** A stored catalog. It was written by this host, whole and in one commit. */
export function parseCatalog(json: string): Catalog {
  return JSON.parse(json) as Catalog;
}

/** The table with this key, or undefined. A table may be called as something that every object has. */
export function tableWith({ tables }: Catalog, key: string): TableDefinition | undefined {
  return Object.hasOwn(tables, key) ? tables[key] : undefined;
}

/** The tables whose documents are runs with a `state`: one of crons, and of every component one of what it scheduled. */
export function runTables(catalog: Catalog): TableDefinition[] {
  return Object.values(catalog.tables).filter(({ name }) => (RUN_TABLES as readonly string[]).includes(splitTableKey(name).name));
}

/** Gives a component the system tables that its functions may read. Their numbers leave those of its own tables to an import. */
export function addSystemTables(catalog: Catalog, component: string): void {
  const key = tableKey(component, SCHEDULED_TABLE);
  if (tableWith(catalog, key) !== undefined) return;
  const taken = Object.values(catalog.tables).map(({ number }) => number);
  const number = Math.max(...taken.filter((other) => other < FIRST_USER_TABLE)) + 1;
  addTable(catalog, key, number).indexes.push({ id: catalog.nextIndexId++, name: SCHEDULED_STATE_INDEX, fields: RUN_STATE_FIELDS });
}

/** Adds an empty table to `catalog` and returns it. */
export function addTable(catalog: Catalog, name: string, number = catalog.nextTableNumber++): TableDefinition {
  const table: TableDefinition = {
    number,
    name,
    indexes: [{ id: catalog.nextIndexId++, name: CREATION_TIME_INDEX, fields: [] }],
    validator: null,
  };
  catalog.tables[name] = table;
  return table;
}

/** The catalog with tables that a transaction made. */
export function withTables(catalog: Catalog, added: readonly TableDefinition[]): Catalog {
  const indexIds = added.flatMap(({ indexes }) => indexes.map(({ id }) => id));
  return {
    ...catalog,
    tables: { ...catalog.tables, ...Object.fromEntries(added.map((table) => [table.name, table])) },
    nextTableNumber: Math.max(catalog.nextTableNumber, ...added.map((table) => table.number + 1)),
    nextIndexId: Math.max(catalog.nextIndexId, ...indexIds.map((id) => id + 1)),
  };
}

/**
 * The tables whose documents have ids with this number: one at most, but that an import may bring to a component a number which
 * a table of another has.
 */
export function tablesByNumber(catalog: Catalog, tableNumber: number): TableDefinition[] {
  const found: TableDefinition[] = [];
  for (const name in catalog.tables) {
    const table = catalog.tables[name];
    if (table?.number === tableNumber) found.push(table);
  }
  return found;
}

/** The index that every table has. Its entry tells whose a document is. */
export function creationIndex({ name, indexes }: TableDefinition): IndexDefinition {
  const index = indexes.find((candidate) => candidate.name === CREATION_TIME_INDEX);
  if (index === undefined) throw new Error(`Table ${name} has lost its index`);
  return index;
}

/** The key of one document in one index; the document's id is its last 32 characters. */
export function indexKey(index: IndexDefinition, document: EncodedObject): Key {
  let key = indexPrefix(index.id);
  for (const field of index.fields) key += encodeIndexField(fieldAt(document, field), index.fields.length);
  return key + encodeIndexField(document["_creationTime"], 1) + String(document["_id"]);
}
