import { setImmediate as nextTurn } from "node:timers/promises";
import { creationIndex, isSystemTable, splitTableKey, type Catalog, type TableDefinition } from "../tables/catalog";
import { asDocument } from "../tables/transaction";
import { ID_LENGTH } from "../values/document-id";
import type { EncodedObject } from "../values/encoded-value";
import { AFTER, documentKey, indexPrefix } from "../values/keys";
import type { Snapshot } from "../store/store";
import { hintFor, needsHints, toCleanJson } from "./clean-json";
import { formatShape, type Shape } from "./shape";
import { ShapeInference } from "./shape-inference";
import type { SnapshotFile } from "./snapshot-zip";

const README =
  "A snapshot of the data of a Convex deployment. <table>/documents.jsonl has one document a line, and <table>/generated_schema.jsonl says what\n" +
  "JSON cannot: which strings are int64 or bytes. Tables of components are under _components/<name>. `npx convex import` takes it as it is.";
/** So many documents are read before others get their turn. */
const TURN = 250;

/** The files of an export: what `npx convex export` of the real one holds, but for stored files. `mounted` components are there even without tables. */
export function* exportFiles(catalog: Catalog, mounted: readonly string[], snapshot: Snapshot): Iterable<SnapshotFile> {
  yield { path: "README.md", lines: given([README]) };
  const tables = Object.values(catalog.tables).filter(({ name }) => !isSystemTable(name));
  const components = new Set(["", ...mounted, ...tables.map(({ name }) => splitTableKey(name).component)]);
  for (const component of [...components].sort()) {
    const folder = folderOf(component);
    const own = tables.filter(({ name }) => splitTableKey(name).component === component);
    const listed = own.map(({ name, number }) => JSON.stringify({ name: splitTableKey(name).name, id: number }));
    yield { path: `${folder}_tables/documents.jsonl`, lines: given(listed) };
    for (const table of own) {
      const path = `${folder}${splitTableKey(table.name).name}`;
      yield { path: `${path}/generated_schema.jsonl`, lines: schemaLines(table, snapshot) };
      yield { path: `${path}/documents.jsonl`, lines: documentLines(table, snapshot) };
    }
  }
}

/** Where the files of a component lie: `_components/pool/_components/batchWorker/`. */
function folderOf(component: string): string {
  return component === "" ? "" : component.split("/").map((name) => `_components/${name}/`).join("");
}

/** The shape of all documents, and for each that needs one a hint. */
async function* schemaLines(table: TableDefinition, snapshot: Snapshot): AsyncIterable<string> {
  const inference = new ShapeInference();
  for await (const document of documents(table, snapshot)) inference.add(document);
  const shape: Shape = inference.shape();
  yield JSON.stringify(formatShape(shape));
  if (!needsHints(shape)) return;
  for await (const document of documents(table, snapshot)) {
    const hint = hintFor(document, [shape]);
    if (hint !== null) yield JSON.stringify({ [String(document["_id"])]: hint });
  }
}

async function* documentLines(table: TableDefinition, snapshot: Snapshot): AsyncIterable<string> {
  for await (const document of documents(table, snapshot)) yield toCleanJson(document);
}

async function* documents(table: TableDefinition, snapshot: Snapshot): AsyncIterable<EncodedObject> {
  const prefix = indexPrefix(creationIndex(table).id);
  let read = 0;
  for (const key of snapshot.keys([prefix, prefix + AFTER])) {
    const json = snapshot.get(documentKey(key.slice(-ID_LENGTH)));
    if (json !== undefined) yield asDocument(json);
    if (++read % TURN === 0) await nextTurn();
  }
}

async function* given(lines: readonly string[]): AsyncIterable<string> {
  yield* lines;
}
