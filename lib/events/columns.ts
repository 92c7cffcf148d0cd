/** What a row of these columns is: `{ a: string; b: number }` for `{ a: string[]; b: number[] }`. */
export type RowOf<Columns> = { [Field in keyof Columns]: Columns[Field] extends readonly (infer Cell)[] ? Cell : never };

/**
 * The rows of a table that is written down field by field: of `{ a: ["x", "y"], b: [1, 2] }` they are `{ a: "x", b: 1 }` and
 * `{ a: "y", b: 2 }`. All columns have the same length; the first says how long they are.
 */
export function rowsOf<Columns extends Readonly<Record<string, readonly unknown[]>>>(columns: Columns): RowOf<Columns>[] {
  const fields = Object.keys(columns);
  const length = columns[fields[0] ?? ""]?.length ?? 0;
  return Array.from({ length }, (_, at) => {
    const row: Record<string, unknown> = {};
    for (const field of fields) row[field] = columns[field]?.[at];
    return row as RowOf<Columns>;
  });
}
