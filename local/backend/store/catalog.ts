import { fieldAt, type EncodedObject } from "../values/encoded-value";
import { encodeIndexField, indexPrefix, type Key } from "../values/keys";
import type { Validator } from "../values/validator";

/** One index of a table. The key always ends with `_creationTime` and `_id`, which `fields` leaves out. */
export interface IndexDefinition {
  id: number;
  name: string;
  fields: string[];
}

/** One table. `validator` is null where the schema says nothing or is not enforced. */
export interface TableDefinition {
  number: number;
  name: string;
  indexes: IndexDefinition[];
  validator: Validator | null;
}

/** Every table there is. Plain data: it is stored, and sent to workers. */
export interface Catalog {
  tables: Record<string, TableDefinition>;
  nextTableNumber: number;
  nextIndexId: number;
  /** With a schema that is enforced, functions may use only its tables. */
  declaredOnly: boolean;
  declared: string[];
}

export const CREATION_TIME_INDEX = "by_creation_time";
export const ID_INDEX = "by_id";
export const SCHEDULED_TABLE = "_scheduled_functions";
/** An index of the host's own on the scheduled functions; functions cannot name it. */
export const SCHEDULED_STATE_INDEX = "_by_state";

/** Runs that crons caused. They are kept apart from what functions scheduled, as on Convex. */
export const CRON_RUN_TABLE = "_cron_runs";
/** The tables whose documents are runs with a `state`. */
export const RUN_TABLES = [SCHEDULED_TABLE, CRON_RUN_TABLE] as const;

const FIRST_USER_TABLE = 10_001;

/** The catalog of a new deployment: the system tables only. */
export function newCatalog(): Catalog {
  const runTable = (name: string, at: number): TableDefinition => ({
    number: 9001 + at,
    name,
    indexes: [
      { id: 1 + 2 * at, name: CREATION_TIME_INDEX, fields: [] },
      { id: 2 + 2 * at, name: SCHEDULED_STATE_INDEX, fields: ["state.kind", "scheduledTime"] },
    ],
    validator: null,
  });
  return {
    tables: Object.fromEntries(RUN_TABLES.map((name, at) => [name, runTable(name, at)])),
    nextTableNumber: FIRST_USER_TABLE,
    nextIndexId: 16,
    declaredOnly: false,
    declared: [],
  };
}

/** Adds an empty table to `catalog` and returns it. */
export function addTable(catalog: Catalog, name: string): TableDefinition {
  const table: TableDefinition = {
    number: catalog.nextTableNumber++,
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

/** The table whose documents have ids with this number. */
export function tableByNumber(catalog: Catalog, tableNumber: number): TableDefinition | undefined {
  for (const name in catalog.tables) {
    const table = catalog.tables[name];
    if (table?.number === tableNumber) return table;
  }
  return undefined;
}

/** The key of one document in one index; the document's id is its last 32 characters. */
export function indexKey(index: IndexDefinition, document: EncodedObject): Key {
  let key = indexPrefix(index.id);
  for (const field of index.fields) key += encodeIndexField(fieldAt(document, field), index.fields.length);
  return key + encodeIndexField(document["_creationTime"], 1) + String(document["_id"]);
}
