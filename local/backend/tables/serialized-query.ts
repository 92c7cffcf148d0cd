import { FunctionError, isPlainObject, type Encoded } from "../values/encoded-value";

type Order = "asc" | "desc" | null;

/** One comparison of an index range. */
export interface RangeExpression {
  type: "Eq" | "Gt" | "Gte" | "Lt" | "Lte";
  fieldPath: string;
  value: Encoded;
}

/** A query as `ctx.db` serializes it. */
export interface SerializedQuery {
  source:
    | { type: "FullTableScan"; tableName: string; order: Order }
    | { type: "IndexRange"; indexName: string; range: RangeExpression[]; order: Order }
    | { type: "Search"; indexName: string };
  operators: ({ filter: Encoded } | { limit: number })[];
}

const COMPARISONS: readonly unknown[] = ["Eq", "Gt", "Gte", "Lt", "Lte"] satisfies RangeExpression["type"][];
const ORDERS: readonly unknown[] = ["asc", "desc", null] satisfies Order[];

/**
 * What pushed code asks for, as a query. Throws {@link FunctionError} when it is none. Looked at by hand, as every function that
 * reads comes by here: a schema took longer than finding the rows.
 */
export function asSerializedQuery(query: unknown): SerializedQuery {
  if (isPlainObject(query) && isSource(query["source"]) && Array.isArray(query["operators"]) && query["operators"].every(isOperator)) {
    return query as unknown as SerializedQuery; // every part of it was looked at
  }
  throw new FunctionError("Malformed query");
}

function isSource(source: Encoded | undefined): boolean {
  if (!isPlainObject(source)) return false;
  const { type, tableName, indexName, range, order = "" } = source;
  switch (type) {
    case "FullTableScan":
      return typeof tableName === "string" && ORDERS.includes(order);
    case "IndexRange":
      return typeof indexName === "string" && Array.isArray(range) && range.every(isRangeExpression) && ORDERS.includes(order);
    default:
      return type === "Search" && typeof indexName === "string";
  }
}

function isRangeExpression(expression: Encoded): boolean {
  return isPlainObject(expression) && COMPARISONS.includes(expression["type"]) && typeof expression["fieldPath"] === "string" && expression["value"] !== undefined;
}

function isOperator(operator: Encoded): boolean {
  return isPlainObject(operator) && (typeof operator["limit"] === "number" || operator["filter"] !== undefined);
}
