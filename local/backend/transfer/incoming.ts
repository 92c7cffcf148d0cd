import { readFileSync } from "node:fs";
import { z } from "zod";
import { tableNumberOf } from "../values/document-id";
import { FunctionError, isPlainObject, type Encoded, type EncodedObject } from "../values/encoded-value";
import { isSystemTable, splitTableKey, tableKey } from "../tables/catalog";
import { fromCleanJson } from "./clean-json";
import { parseShape, UNKNOWN, type Shape } from "./shape";
import { readZip } from "./snapshot-zip";

/** The documents that an import brings for one table. */
export interface IncomingTable {
  /** The table's key in the catalog. */
  key: string;
  /** The number in the ids of its documents, when they have ids or the archive names it. */
  number: number | null;
  documents: EncodedObject[];
}

export type ImportFormat = "zip" | "jsonLines" | "jsonArray" | "csv";

const tableLine = z.object({ name: z.string(), id: z.number().int() });
/** In an archive of a component's data alone, as in one of everything, the folders say whose the tables are. */
const ENTRY = /^((?:_components\/[^/]+\/)*)([^/]+)\/(documents|generated_schema)\.jsonl$/;

/** Reads an uploaded file, which may lie in several parts, for `component` ("" is the app). Rejects with {@link FunctionError} saying where it makes no sense. */
export async function readIncoming(parts: readonly string[], format: ImportFormat, component: string, tableName: string | null): Promise<IncomingTable[]> {
  if (format === "zip") return fromZip(await readZip(parts, (path) => ENTRY.test(path)), component);
  if (tableName === null) throw new FunctionError("A file of one table needs the table's name.");
  if (format === "csv") throw new FunctionError("CSV cannot be imported into the embedded backend. Convert it to JSON lines (.jsonl).");
  const text = Buffer.concat(parts.map((part) => readFileSync(part))).toString("utf8");
  const documents = format === "jsonLines" ? fromLines(text, tableName) : fromArray(text, tableName);
  return [withNumber(tableKey(component, tableName), decoded(documents, UNKNOWN, new Map(), tableName), null)];
}

function fromZip(texts: ReadonlyMap<string, string>, component: string): IncomingTable[] {
  const numbers = new Map<string, number>();
  const tables: IncomingTable[] = [];
  for (const [path, text] of texts) {
    const { key, name, file } = partsOf(path, component);
    if (file !== "documents") continue;
    if (name === "_tables") {
      for (const [index, line] of linesOf(text).entries()) {
        const parsed = tableLine.safeParse(parseLine(line, path, index));
        if (!parsed.success) throw new FunctionError(`${path}, line ${index + 1}: expected the name and the id of a table.`);
        numbers.set(tableKey(splitTableKey(key).component, parsed.data.name), parsed.data.id);
      }
    } else if (name.startsWith("_")) {
      if (text.trim() !== "") throw new FunctionError(`${path}: the embedded backend has no file storage. Export without it.`);
    } else {
      const schemaPath = path.replace(/documents\.jsonl$/, "generated_schema.jsonl");
      const { shape, hints } = readSchema(texts.get(schemaPath) ?? "", schemaPath);
      tables.push({ key, number: null, documents: decoded(fromLines(text, path), shape, hints, path) });
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
function readSchema(text: string, path: string): { shape: Shape; hints: ReadonlyMap<string, Encoded> } {
  const [first, ...rest] = linesOf(text);
  if (first === undefined) return { shape: UNKNOWN, hints: new Map() };
  const type = parseLine(first, path, 0);
  if (typeof type !== "string") throw new FunctionError(`${path}, line 1: expected the type of the table's documents.`);
  const hints = rest.flatMap((line, index) => Object.entries(asObject(parseLine(line, path, index + 1), path, index + 1)));
  return { shape: parseShape(type), hints: new Map(hints) };
}

function decoded(documents: readonly EncodedObject[], shape: Shape, hints: ReadonlyMap<string, Encoded>, where: string): EncodedObject[] {
  return documents.map((document, index) => {
    try {
      return fromCleanJson(document, [shape], hints.get(String(document["_id"]))) as EncodedObject; // an object stays one
    } catch (thrown) {
      if (thrown instanceof FunctionError) throw new FunctionError(`${where}, document ${index + 1}: ${thrown.message}`);
      throw thrown;
    }
  });
}

function withNumber(key: string, documents: EncodedObject[], listed: number | null): IncomingTable {
  let number = listed;
  for (const { _id: id } of documents) {
    if (id === undefined) continue;
    const found = typeof id === "string" ? tableNumberOf(id) : null;
    if (found === null) throw new FunctionError(`Table "${key}": ${JSON.stringify(id)} is not the id of a document.`);
    if (number !== null && found !== number) throw new FunctionError(`Table "${key}": the id ${String(id)} is of another table than the rest.`);
    number = found;
  }
  return { key, number, documents };
}

function fromLines(text: string, where: string): EncodedObject[] {
  return linesOf(text).map((line, index) => asObject(parseLine(line, where, index), where, index));
}

function fromArray(text: string, where: string): EncodedObject[] {
  const parsed = parseLine(text, where, 0);
  if (!Array.isArray(parsed)) throw new FunctionError(`${where}: the file is not a JSON array.`);
  return parsed.map((item, index) => asObject(item, where, index));
}

function linesOf(text: string): string[] {
  return text.split("\n").filter((line) => line.trim() !== "");
}

function parseLine(line: string, where: string, index: number): Encoded {
  try {
    return JSON.parse(line) as Encoded;
  } catch (thrown) {
    throw new FunctionError(`${where}, line ${index + 1}: not JSON (${thrown instanceof Error ? thrown.message : "?"}).`);
  }
}

function asObject(value: Encoded, where: string, index: number): EncodedObject {
  if (!isPlainObject(value)) throw new FunctionError(`${where}, document ${index + 1}: not an object.`);
  return value;
}
