import { runTables, SCHEDULED_STATE_INDEX, type Catalog, type TableDefinition } from "../tables/catalog";
import { ID_LENGTH } from "../values/document-id";
import { AFTER, encodeIndexField, indexPrefix, type KeyRange } from "../values/keys";
import type { StoreReader } from "../store/store";

/** The runs in a state, of functions that were scheduled and of crons. */
export function runsIn(store: StoreReader, catalog: Catalog, state: string): string[] {
  return idsIn(store, catalog, [state]);
}

/** The runs that may have finished before a time, in milliseconds: none has run before it was due, but one can be cancelled before. */
export function perhapsFinishedBefore(store: StoreReader, catalog: Catalog, time: number): string[] {
  return [...idsIn(store, catalog, ["success", "failed"], time), ...idsIn(store, catalog, ["canceled"])];
}

function idsIn(store: StoreReader, catalog: Catalog, states: readonly string[], before?: number): string[] {
  const ranges = runTables(catalog).flatMap((table) => states.map((state) => stateRange(table, state, before)));
  return ranges.flatMap((range) => [...store.keys(range)].map((key) => key.slice(-ID_LENGTH)));
}

function stateRange(table: TableDefinition, state: string, before?: number): KeyRange {
  const index = table.indexes.find(({ name }) => name === SCHEDULED_STATE_INDEX);
  if (index === undefined) throw new Error(`${table.name} has no index on its state`);
  const prefix = indexPrefix(index.id) + encodeIndexField(state, index.fields.length);
  return [prefix, prefix + (before === undefined ? AFTER : encodeIndexField(before, index.fields.length))];
}
