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
  const { query, cursor = null, endCursor = null, pageSize, maximumRowsRead = null, maximumBytesRead = null } = args;
  if (!isTextOrNull(cursor)) throw malformed("cursor", "a string or null");
  if (!isTextOrNull(endCursor)) throw malformed("endCursor", "a string or null");
  if (!isCount(pageSize)) throw malformed("pageSize", "a whole number");
  if (pageSize === 0) throw new FunctionError("Must request at least 1 document while paginating");
  if (maximumRowsRead !== null && !isCount(maximumRowsRead)) throw malformed("maximumRowsRead", "a whole number or null");
  if (maximumBytesRead !== null && !isCount(maximumBytesRead)) throw malformed("maximumBytesRead", "a whole number or null");
  if (maximumRowsRead === 0 || maximumBytesRead === 0) throw new FunctionError("maximumRowsRead and maximumBytesRead must be greater than 0");
  return { query: asSerializedQuery(query), cursor, endCursor, pageSize, maximumRowsRead, maximumBytesRead };
}

function isTextOrNull(value: Encoded): value is string | null {
  return value === null || typeof value === "string";
}

function isCount(value: Encoded | undefined): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0;
}

function malformed(name: string, expected: string): FunctionError {
  return new FunctionError(`Malformed argument \`${name}\`: it must be ${expected}.`);
}
