import { createHash } from "node:crypto";
import { z } from "zod";
import { CREATION_TIME_INDEX, ID_INDEX, tablesByNumber, type TableDefinition } from "./catalog";
import { ID_LENGTH, idBounds } from "../values/document-id";
import { FunctionError, type Encoded, type EncodedObject } from "../values/encoded-value";
import { passesFilter } from "./filter";
import type { KeyScan } from "./merged-keys";
import { AFTER, CATALOG, documentKey, encodeIndexField, indexPrefix, type Key, type KeyRange } from "../values/keys";
import type { RangeExpression, SerializedQuery } from "./serialized-query";
import { asDocument, type ReadRange, type Transaction } from "./transaction";

export interface Row {
  /** Where the row is in its index: the rest of the scan lies beyond it. */
  key: Key;
  json: string;
}

interface Plan {
  range: KeyRange;
  reverse: boolean;
  /** Set where the range may hold documents of other tables too: whose are read. */
  only?: TableDefinition;
}

const EMPTY: KeyRange = ["", ""];

/** Finds the key range a query reads. Throws {@link FunctionError} for an index that is not there or used out of order. */
function planQuery(transaction: Transaction, { source }: SerializedQuery): Plan {
  if (source.type === "Search") throw new FunctionError("Search indexes are not available on the embedded backend.");
  const reverse = source.order === "desc";
  const [tableName = "", indexName = CREATION_TIME_INDEX] =
    source.type === "IndexRange" ? source.indexName.split(".") : [source.tableName];
  const expressions = source.type === "IndexRange" ? source.range : [];
  const table = transaction.table(tableName);
  if (table === undefined) {
    transaction.recordRead({ lo: CATALOG, hi: CATALOG + "\0" });
    return { range: EMPTY, reverse };
  }
  if (indexName === ID_INDEX) {
    const shared = tablesByNumber(transaction.catalog, table.number).length > 1;
    return { range: idRange(table, expressions), reverse, ...(shared ? { only: table } : {}) };
  }
  const index = table.indexes.find(({ name }) => name === indexName);
  if (index === undefined || indexName.startsWith("_")) throw new FunctionError(`Index ${tableName}.${indexName} not found.`);
  const bounds = rangeBounds(`${tableName}.${indexName}`, [...index.fields, "_creationTime"], index.fields.length, expressions);
  const prefix = indexPrefix(index.id);
  return { range: [prefix + bounds[0], prefix + bounds[1]], reverse };
}

function rangeBounds(name: string, fields: string[], stored: number, expressions: RangeExpression[]): KeyRange {
  const encode = (at: number, value: Encoded): Key => encodeIndexField(value, at < stored ? stored : 1);
  let prefix = "";
  let at = 0;
  while (expressions[at]?.type === "Eq") {
    const { fieldPath, value } = expressions[at] as RangeExpression; // the loop's condition found it
    if (fields[at] !== fieldPath) throw outOfOrder(name, fields, expressions, fieldPath);
    prefix += encode(at, value);
    at++;
  }
  let [lo, hi] = [prefix, prefix + AFTER];
  for (const { type, fieldPath, value } of expressions.slice(at)) {
    if (fields[at] !== fieldPath || type === "Eq") throw outOfOrder(name, fields, expressions, fieldPath);
    const key = prefix + encode(at, value);
    if (type === "Gt") lo = key + AFTER;
    if (type === "Gte") lo = key;
    if (type === "Lt") hi = key;
    if (type === "Lte") hi = key + AFTER;
  }
  return [lo, hi];
}

function idRange(table: TableDefinition, expressions: RangeExpression[]): KeyRange {
  let [lo, hi] = idBounds(table.number).map(documentKey) as [Key, Key];
  for (const { type, fieldPath, value } of expressions) {
    if (fieldPath !== "_id" || typeof value !== "string") throw outOfOrder(`${table.name}.${ID_INDEX}`, ["_id"], expressions, fieldPath);
    const key = documentKey(value);
    if (type === "Eq" || type === "Gte") lo = key > lo ? key : lo;
    if (type === "Gt") lo = key + "\0" > lo ? key + "\0" : lo;
    if (type === "Lt") hi = key < hi ? key : hi;
    if (type === "Eq" || type === "Lte") hi = key + "\0" < hi ? key + "\0" : hi;
  }
  return lo < hi ? [lo, hi] : EMPTY;
}

function outOfOrder(name: string, fields: readonly string[], expressions: readonly RangeExpression[], wrong: string): FunctionError {
  if (!fields.includes(wrong)) {
    return new FunctionError(`The index range included a comparison with "${wrong}", but ${name} with fields ${list(fields)} doesn't index this field.`);
  }
  const asked = [...new Set(expressions.map(({ fieldPath }) => fieldPath))];
  return new FunctionError(
    `Tried to query index ${name} but the query didn't use the index fields in order.\nIndex fields: ${list(fields)}\nQuery fields: ${list(asked)}\nFirst incorrect field: "${wrong}"\n` +
      "For more information see https://docs.convex.dev/using/indexes.",
  );
}

function list(fields: readonly string[]): string {
  return `[${fields.map((field) => `"${field}"`).join(", ")}]`;
}

/** Gives rows one after the other. Close it when it is left early. */
export interface RowScan {
  /** The next row, or null at the end. */
  next(): Row | null;
  close(): void;
}

/** Runs a query row by row, recording exactly what was read. */
export function scan(transaction: Transaction, query: SerializedQuery): RowScan {
  const rows = new RangeRows(transaction, planQuery(transaction, query));
  return query.operators.length === 0 ? rows : new OperatorRows(rows, query.operators);
}

/** The rows of a key range. What is on record as read grows with each of them. */
class RangeRows implements RowScan {
  private readonly keys: KeyScan | null;
  private readonly read: ReadRange;

  constructor(
    private readonly transaction: Transaction,
    private readonly plan: Plan,
  ) {
    const [lo, hi] = plan.range;
    this.read = plan.reverse ? { lo: hi, hi, through: false } : { lo, hi: lo, through: false };
    this.keys = lo < hi ? transaction.keys(plan.range, plan.reverse) : null;
    if (this.keys !== null) transaction.recordRead(this.read);
  }

  next(): Row | null {
    const { keys, transaction, read, plan } = this;
    if (keys === null) return null;
    for (;;) {
      const key = keys.next();
      if (key === null) {
        if (plan.reverse) [read.lo] = plan.range;
        else [, read.hi] = plan.range;
        read.through = false;
        return null;
      }
      if (plan.reverse) read.lo = key;
      else {
        read.hi = key;
        read.through = true;
      }
      const json = transaction.readDocument(key.slice(-ID_LENGTH));
      if (json !== null && (plan.only === undefined || transaction.holds(plan.only, asDocument(json)))) return { key, json };
    }
  }

  close(): void {
    this.keys?.close();
  }
}

/** The rows that pass the filters and limits of a query, which apply in their order. */
class OperatorRows implements RowScan {
  private readonly remaining: number[];
  private ended: boolean;

  constructor(
    private readonly rows: RowScan,
    private readonly operators: SerializedQuery["operators"],
  ) {
    this.remaining = operators.map((operator) => ("limit" in operator ? operator.limit : Infinity));
    this.ended = this.remaining.some((left) => left <= 0);
  }

  next(): Row | null {
    while (!this.ended) {
      const row = this.rows.next();
      if (row === null) break;
      if (this.passes(row)) return row;
    }
    this.close();
    return null;
  }

  close(): void {
    this.ended = true;
    this.rows.close();
  }

  private passes({ json }: Row): boolean {
    let document: EncodedObject | null = null;
    for (const [at, operator] of this.operators.entries()) {
      if ("filter" in operator) {
        if (!passesFilter(operator.filter, (document ??= asDocument(json)))) return false;
      } else {
        const left = (this.remaining[at] ?? 0) - 1;
        this.remaining[at] = left;
        // The last that is let through is the last that is read.
        if (left === 0) this.ended = true;
      }
    }
    return true;
  }
}

/** What `ctx.db.query(...).paginate()` is given, beside the query. */
export interface PageOptions {
  cursor: string | null;
  endCursor: string | null;
  /** At least 1, as are the others. */
  pageSize: number;
  maximumRowsRead: number | null;
  maximumBytesRead: number | null;
}

export interface Page {
  rows: string[];
  isDone: boolean;
  continueCursor: string;
  splitCursor: string | null;
  pageStatus: "SplitRecommended" | "SplitRequired" | null;
}

/** A cursor is bound to its query, so that one of another query is refused rather than misread. */
const cursorShape = z.object({ query: z.string(), after: z.string().nullable() });

/**
 * Reads one page. With `endCursor` it reads up to that place, whatever the number of rows: that is how a live
 * page keeps its bounds when rows come and go. Throws {@link FunctionError} for a cursor that is not of this query.
 */
export function readPage(transaction: Transaction, query: SerializedQuery, options: PageOptions): Page {
  const plan = planQuery(transaction, query);
  const fingerprint = createHash("sha256").update(JSON.stringify(query)).digest("base64url").slice(0, 12);
  const toCursor = (after: Key | null): string =>
    Buffer.from(JSON.stringify({ query: fingerprint, after }), "latin1").toString("base64url");
  const start = options.cursor === null ? undefined : fromCursor(options.cursor, fingerprint);
  const end = options.endCursor === null ? undefined : fromCursor(options.endCursor, fingerprint);
  if (start === null) return { rows: [], isDone: true, continueCursor: toCursor(null), splitCursor: null, pageStatus: null };

  const found: string[] = [];
  const rows = new RangeRows(transaction, { ...plan, range: narrow(plan, start, end ?? undefined) });
  const counted = new CountedRows(rows, options);
  const passing = new OperatorRows(counted, query.operators);
  const keys: Key[] = [];
  while (end !== undefined || found.length < options.pageSize) {
    const row = passing.next();
    if (row === null) break;
    found.push(row.json);
    keys.push(row.key);
  }
  passing.close();
  if (end === undefined) {
    const more = counted.cutShort || found.length >= options.pageSize;
    const after = more ? counted.lastKey : null;
    return { rows: found, isDone: after === null, continueCursor: toCursor(after), splitCursor: null, pageStatus: null };
  }
  const bounds = { rows: found, isDone: end === null, continueCursor: toCursor(end) };
  // What lies behind the last row that could be read is on nobody's page until this one is split.
  if (counted.cutShort && counted.lastKey !== end) return { ...bounds, splitCursor: toCursor(counted.lastKey), pageStatus: "SplitRequired" };
  const middle = keys[Math.floor((found.length - 1) / 2)];
  const grown = middle !== undefined && found.length > 2 * options.pageSize;
  return { ...bounds, splitCursor: grown ? toCursor(middle) : null, pageStatus: grown ? "SplitRecommended" : null };
}

/** Counts the rows that are read, whether they pass or not, and ends when it is as many as may be. */
class CountedRows implements RowScan {
  lastKey: Key | null = null;
  /** There may have been more. */
  cutShort = false;
  private count = 0;
  private bytes = 0;

  constructor(
    private readonly rows: RowScan,
    private readonly most: Pick<PageOptions, "maximumRowsRead" | "maximumBytesRead">,
  ) {}

  next(): Row | null {
    const { maximumRowsRead, maximumBytesRead } = this.most;
    if (this.count >= (maximumRowsRead ?? Infinity) || this.bytes >= (maximumBytesRead ?? Infinity)) {
      this.cutShort = true;
      return null;
    }
    const row = this.rows.next();
    if (row === null) return null;
    this.count++;
    this.bytes += row.json.length;
    this.lastKey = row.key;
    return row;
  }

  close(): void {
    this.rows.close();
  }
}

function narrow({ range, reverse }: Plan, start: Key | undefined, end: Key | undefined): KeyRange {
  let [lo, hi] = range;
  if (reverse) {
    if (start !== undefined) hi = start;
    if (end !== undefined) lo = end;
  } else {
    if (start !== undefined) lo = start + "\0";
    if (end !== undefined) hi = end + "\0";
  }
  return [lo, hi];
}

/** The key a cursor stands behind; null for the end of the query. */
function fromCursor(cursor: string, fingerprint: string): Key | null {
  try {
    const { query, after } = cursorShape.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("latin1")));
    if (query === fingerprint) return after;
  } catch {
    // Not made here: the same answer as for another query's cursor.
  }
  throw new FunctionError("InvalidCursor: Tried to run a query starting from a cursor, but it looks like this cursor is from a different query.");
}
