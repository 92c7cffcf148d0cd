import type { PaginationOptions, PaginationResult } from "convex/server";

/** Rows that one query returns at most, whatever is asked for. */
const ROWS = 200;

/** What a client asks for, within bounds. */
export function bounded(options: PaginationOptions): PaginationOptions {
  return { ...options, numItems: Math.min(Math.max(1, Math.floor(options.numItems)), ROWS) };
}

/** The answer where there is nothing to see, or nobody who may see it. */
export function nothing<Row>(): PaginationResult<Row> {
  return { page: [], isDone: true, continueCursor: "" };
}
