import type { SerializedQuery } from "../tables/serialized-query";
import { scan, type Row } from "../tables/table-query";
import type { Transaction } from "../tables/transaction";

/** All rows of a query. */
export function rowsOf(transaction: Transaction, query: SerializedQuery): Row[] {
  const rows = scan(transaction, query);
  const found: Row[] = [];
  for (let row = rows.next(); row !== null; row = rows.next()) found.push(row);
  rows.close();
  return found;
}
