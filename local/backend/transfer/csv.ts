import { CsvError, parse } from "csv-parse/sync";
import { FunctionError, type Encoded } from "../values/encoded-value";
import type { IncomingDocument } from "./incoming";
import { textOf } from "./text";

/**
 * The documents of a CSV file (RFC 4180): its header names their fields, and each entry is a float64 when it reads as one, and text
 * otherwise (docs.convex.dev/database/import-export/import). Throws {@link FunctionError} that says in which line it makes no sense.
 */
export function fromCsv(bytes: Buffer, where: string): IncomingDocument[] {
  const [header, ...rows] = rowsOf(textOf(bytes, where), where);
  if (header === undefined) throw new FunctionError(`${where}: the file is empty. Its first line must name the fields.`);
  const names = header.entries;
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new FunctionError(`${where}, ${header.place}: two fields are named "${twice}".`);
  if (names.includes("")) throw new FunctionError(`${where}, ${header.place}: field ${names.indexOf("") + 1} has no name.`);
  return rows.map(({ entries, place }) => ({ fields: Object.fromEntries(entries.map((entry, at) => [names[at] ?? "", valueOf(entry)])), place }));
}

interface Row {
  entries: string[];
  place: string;
}

function rowsOf(text: string, where: string): Row[] {
  try {
    // With `info` records are wrapped, which the types do not know.
    const rows = parse(text, { bom: true, info: true, skip_empty_lines: true }) as unknown as { record: string[]; info: { lines: number } }[];
    return rows.map(({ record, info: { lines } }) => ({ entries: record, place: `line ${lines}` }));
  } catch (thrown) {
    if (thrown instanceof CsvError) throw new FunctionError(`${where}: not CSV (${thrown.message}).`);
    throw thrown;
  }
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

function valueOf(entry: string): Encoded {
  const number = NUMBER.test(entry) ? Number(entry) : NaN;
  return Number.isFinite(number) ? number : entry;
}
