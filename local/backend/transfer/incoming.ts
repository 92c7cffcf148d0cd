import { readFileSync } from "node:fs";
import { z } from "zod";
import { tableNumberOf } from "../values/document-id";
import { FunctionError, isPlainObject, type Encoded, type EncodedObject } from "../values/encoded-value";
import { applyShape, parseShape } from "./generated-schema";
import { readZip } from "./snapshot-zip";

/** The documents that an import brings for one table. */
export interface IncomingTable {
  name: string;
  /** The number in the ids of its documents, when they have ids or the archive names it. */
  number: number | null;
  documents: EncodedObject[];
}

export type ImportFormat = "zip" | "jsonLines" | "jsonArray" | "csv";

const tableLine = z.object({ name: z.string(), id: z.number().int() });
const ENTRY = /^([^/]+)\/(documents|generated_schema)\.jsonl$/;

/** Reads an uploaded file, which may lie in several parts. Rejects with {@link FunctionError} saying where it makes no sense. */
export async function readIncoming(parts: readonly string[], format: ImportFormat, tableName: string | null): Promise<IncomingTable[]> {
  if (format === "zip") return fromZip(await readZip(parts, (path) => ENTRY.test(path) || path.startsWith("_components/")));
  if (tableName === null) throw new FunctionError("A file of one table needs the table's name.");
  if (format === "csv") throw new FunctionError("CSV cannot be imported into the embedded backend. Convert it to JSON lines (.jsonl).");
  const text = Buffer.concat(parts.map((part) => readFileSync(part))).toString("utf8");
  const documents = format === "jsonLines" ? fromLines(text, tableName) : fromArray(text, tableName);
  return [withNumber(tableName, documents, null)];
}

function fromZip(texts: ReadonlyMap<string, string>): IncomingTable[] {
  const numbers = new Map<string, number>();
  const tables: IncomingTable[] = [];
  for (const [index, line] of linesOf(texts.get("_tables/documents.jsonl") ?? "").entries()) {
    const parsed = tableLine.safeParse(parseLine(line, "_tables/documents.jsonl", index));
    if (!parsed.success) throw new FunctionError(`_tables/documents.jsonl, line ${index + 1}: expected the name and the id of a table.`);
    numbers.set(parsed.data.name, parsed.data.id);
  }
  for (const [path, text] of texts) {
    const [, name = "", file] = ENTRY.exec(path) ?? [];
    if (path.startsWith("_components/") && text.trim() !== "") throw new FunctionError(`${path}: data of components cannot be imported into the embedded backend.`);
    if (file !== "documents" || name === "_tables") continue;
    if (name.startsWith("_")) {
      if (text.trim() !== "") throw new FunctionError(`${path}: the embedded backend has no file storage. Export without it.`);
      continue;
    }
    const [schemaLine] = linesOf(texts.get(`${name}/generated_schema.jsonl`) ?? "");
    const type: unknown = schemaLine === undefined ? null : parseLine(schemaLine, `${name}/generated_schema.jsonl`, 0);
    const shape = typeof type === "string" ? parseShape(type) : null;
    const documents = fromLines(text, path).map((document) => (shape === null ? document : (applyShape(shape, document) as EncodedObject))); // an object stays one
    tables.push(withNumber(name, documents, numbers.get(name) ?? null));
  }
  // A table without documents is there all the same, with its number.
  for (const [name, number] of numbers) {
    if (!name.startsWith("_") && !tables.some((table) => table.name === name)) tables.push({ name, number, documents: [] });
  }
  return tables;
}

function withNumber(name: string, documents: EncodedObject[], listed: number | null): IncomingTable {
  let number = listed;
  for (const { _id: id } of documents) {
    if (id === undefined) continue;
    const found = typeof id === "string" ? tableNumberOf(id) : null;
    if (found === null) throw new FunctionError(`Table "${name}": ${JSON.stringify(id)} is not the id of a document.`);
    if (number !== null && found !== number) throw new FunctionError(`Table "${name}": the id ${String(id)} is of another table than the rest.`);
    number = found;
  }
  return { name, number, documents };
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
