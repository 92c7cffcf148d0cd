import { readFileSync } from "node:fs";
import { z } from "zod";
import { tableNumberOf } from "../values/document-id";
import { FunctionError, isPlainObject, type Encoded, type EncodedObject } from "../values/encoded-value";
import { isSystemTable, splitTableKey, tableKey } from "../tables/catalog";
import { fromCleanJson } from "./clean-json";
import { parseShape, UNKNOWN, type Shape } from "./shape";
import { fromCsv } from "./csv";
import { textOf } from "./text";
import { readZip } from "./snapshot-zip";

/** One document of an import. */
export interface IncomingDocument {
  fields: EncodedObject;
  /** Where it stands in its file: "line 7", or "document 7" of an array. */
  place: string;
}

/** The documents that an import brings for one table. */
export interface IncomingTable {
  /** The table's key in the catalog. */
  key: string;
  /** The number in the ids of its documents, when they have ids or the archive names it. */
  number: number | null;
  documents: IncomingDocument[];
}

export type ImportFormat = "zip" | "jsonLines" | "jsonArray" | "csv";

/** Ids have room for these numbers. */
const tableLine = z.object({ name: z.string(), id: z.number().int().min(128).max(16_383) });
const TABLE_NAME = /^[a-zA-Z][a-zA-Z0-9_]{0,63}$/;
/** In an archive of a component's data alone, as in one of everything, the folders say whose the tables are. */
const ENTRY = /^((?:_components\/[^/]+\/)*)([^/]+)\/(documents|generated_schema)\.jsonl$/;

/** Reads an uploaded file, which may lie in several parts, for `component` ("" is the app). Rejects with {@link FunctionError} saying where it makes no sense. */
export async function readIncoming(parts: readonly string[], format: ImportFormat, component: string, tableName: string | null): Promise<IncomingTable[]> {
  if (format === "zip") return fromZip(await readZip(parts, (path) => ENTRY.test(path)), component);
  if (tableName === null) throw new FunctionError("A file of one table needs the table's name.");
  assertTableName(tableName);
  const bytes = Buffer.concat(parts.map((part) => readFileSync(part)));
  const read = { jsonLines: fromLines, jsonArray: fromArray, csv: fromCsv }[format];
  const documents = read(bytes, tableName);
  return [withNumber(tableKey(component, tableName), decoded(documents, UNKNOWN, new Map(), tableName), null)];
}

function assertTableName(name: string): void {
  if (!TABLE_NAME.test(name)) throw new FunctionError(`"${name}" is not a name for a table.`);
}

function fromZip(files: ReadonlyMap<string, Buffer>, component: string): IncomingTable[] {
  const numbers = new Map<string, number>();
  const tables: IncomingTable[] = [];
  for (const [path, bytes] of files) {
    const { key, name, file } = partsOf(path, component);
    if (file !== "documents") continue;
    if (name === "_tables") {
      for (const { json, place } of linesOf(bytes, path)) {
        const parsed = tableLine.safeParse(json);
        if (!parsed.success) throw new FunctionError(`${path}, ${place}: expected the name and the id of a table.`);
        numbers.set(tableKey(splitTableKey(key).component, parsed.data.name), parsed.data.id);
      }
    } else if (name.startsWith("_")) {
      if (bytes.length > 0) throw new FunctionError(`${path}: the embedded backend has no file storage. Export without it.`);
    } else {
      assertTableName(name);
      const schemaPath = path.replace(/documents\.jsonl$/, "generated_schema.jsonl");
      const { shape, hints } = readSchema(files.get(schemaPath) ?? Buffer.alloc(0), schemaPath);
      tables.push({ key, number: null, documents: decoded(fromLines(bytes, path), shape, hints, path) });
    }
  }
  // A table without documents is there all the same, with its number.
  for (const key of numbers.keys()) {
    if (!isSystemTable(key) && !tables.some((table) => table.key === key)) tables.push({ key, number: null, documents: [] });
  }
  return tables.map(({ key, documents }) => withNumber(key, documents, numbers.get(key) ?? null));
}

function partsOf(path: string, component: string): { key: string; name: string; file: string } {
  const [, folder = "", name = "", file = ""] = ENTRY.exec(path) ?? [];
  const inner = folder.split("/").filter((part, at) => at % 2 === 1 && part !== "");
  return { key: tableKey([...(component === "" ? [] : [component]), ...inner].join("/"), name), name, file };
}

/** The shape of a table and, by document, what it leaves open. */
function readSchema(bytes: Buffer, path: string): { shape: Shape; hints: ReadonlyMap<string, Encoded> } {
  const [first, ...rest] = linesOf(bytes, path);
  if (first === undefined) return { shape: UNKNOWN, hints: new Map() };
  const { json: type, place } = first;
  if (typeof type !== "string") throw new FunctionError(`${path}, ${place}: expected the type of the table's documents.`);
  const hints = rest.flatMap((line) => Object.entries(asObject(line, path)));
  return { shape: at(path, place, () => parseShape(type)), hints: new Map(hints) };
}

function decoded(documents: readonly IncomingDocument[], shape: Shape, hints: ReadonlyMap<string, Encoded>, where: string): IncomingDocument[] {
  return documents.map(({ fields, place }) => {
    const value = at(where, place, () => fromCleanJson(fields, [shape], hints.get(String(fields["_id"]))));
    return { fields: value as EncodedObject, place }; // an object stays one
  });
}

function withNumber(key: string, documents: IncomingDocument[], listed: number | null): IncomingTable {
  let number = listed;
  for (const { fields: { _id: id }, place } of documents) {
    if (id === undefined) continue;
    const found = typeof id === "string" ? tableNumberOf(id) : null;
    if (found === null) throw new FunctionError(`Table "${key}", ${place}: ${JSON.stringify(id)} is not the id of a document.`);
    if (number !== null && found !== number) throw new FunctionError(`Table "${key}", ${place}: the id ${String(id)} is of another table than the rest.`);
    number = found;
  }
  return { key, number, documents };
}

function fromLines(bytes: Buffer, where: string): IncomingDocument[] {
  return Array.from(linesOf(bytes, where), (line) => ({ fields: asObject(line, where), place: line.place }));
}

function fromArray(bytes: Buffer, where: string): IncomingDocument[] {
  const parsed = parse(bytes, where);
  if (!Array.isArray(parsed)) throw new FunctionError(`${where}: the file is not a JSON array.`);
  return parsed.map((json, index) => ({ json, place: `document ${index + 1}` })).map((item) => ({ fields: asObject(item, where), place: item.place }));
}

/** What a file says in one place. */
interface Placed {
  json: Encoded;
  place: string;
}

/** The lines that are not blank. They are read one by one: a file may be longer than a string can be. */
function* linesOf(bytes: Buffer, where: string): Iterable<Placed> {
  for (let [start, number] = [0, 1]; start < bytes.length; number++) {
    const newline = bytes.indexOf("\n", start);
    const end = newline < 0 ? bytes.length : newline;
    const place = `line ${number}`;
    if (bytes.subarray(start, end).some((byte) => !BLANK.includes(byte))) yield { json: parse(bytes.subarray(start, end), `${where}, ${place}`), place };
    start = end + 1;
  }
}

const BLANK: readonly number[] = [...Buffer.from(" \t\r")];

function parse(bytes: Buffer, where: string): Encoded {
  const text = textOf(bytes, where);
  try {
    return JSON.parse(text) as Encoded;
  } catch (thrown) {
    throw new FunctionError(`${where}: not JSON (${thrown instanceof Error ? thrown.message : "?"}).`);
  }
}

function asObject({ json, place }: Placed, where: string): EncodedObject {
  if (!at(where, place, () => isPlainObject(json))) throw new FunctionError(`${where}, ${place}: not an object.`);
  return json as EncodedObject;
}

/** Does `work`, so that what it throws says where the trouble is. */
function at<T>(where: string, place: string, work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    if (thrown instanceof FunctionError) throw new FunctionError(`${where}, ${place}: ${thrown.message}`);
    if (thrown instanceof RangeError) throw new FunctionError(`${where}, ${place}: the value is nested too deeply.`);
    throw thrown;
  }
}
