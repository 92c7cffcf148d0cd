import { asSerializedQuery, type SerializedQuery } from "../tables/serialized-query";
import type { PageOptions } from "../tables/table-query";
import { FunctionError, isPlainObject, type Encoded } from "../values/encoded-value";

export interface PageArguments extends PageOptions {
  query: SerializedQuery;
}

/**
 * The arguments of `.paginate()`, as pushed code sent them. Throws {@link FunctionError} for what is not as it should be. Looked at
 * by hand, as every page that is read comes by here.
 */
export function pageArguments(args: Encoded): PageArguments {
  if (!isPlainObject(args)) throw new FunctionError("Malformed arguments");
  const { query, cursor = null, endCursor = null, pageSize, maximumRowsRead = null } = args;
  if (!isTextOrNull(cursor)) throw malformed("cursor", "a string or null");
  if (!isTextOrNull(endCursor)) throw malformed("endCursor", "a string or null");
  if (typeof pageSize !== "number") throw malformed("pageSize", "a number");
  if (maximumRowsRead !== null && typeof maximumRowsRead !== "number") throw malformed("maximumRowsRead", "a number or null");
  return { query: asSerializedQuery(query), cursor, endCursor, pageSize, maximumRowsRead };
}

function isTextOrNull(value: Encoded): value is string | null {
  return value === null || typeof value === "string";
}

function malformed(name: string, expected: string): FunctionError {
  return new FunctionError(`Malformed argument \`${name}\`: it must be ${expected}.`);
}
