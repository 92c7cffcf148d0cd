import { ConvexHttpClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import type { TableNames } from "../../convex/_generated/dataModel";
import type { TestBackend } from "./backend";

interface Page {
  page: Record<string, unknown>[];
  isDone: boolean;
  continueCursor: string;
}

type AdminClient = ConvexHttpClient & { setAdminAuth(key: string): void };

/** A client that may call every function of the deployment, as `npx convex run` does. */
export function adminClient(backend: TestBackend): ConvexHttpClient {
  const client = new ConvexHttpClient(backend.url, { logger: false }) as AdminClient;
  client.setAdminAuth(backend.secrets.adminKey);
  return client;
}

/** All rows of a table, read as `npx convex data` reads them. */
export async function stored(backend: TestBackend, table: TableNames): Promise<Record<string, unknown>[]> {
  const client = adminClient(backend);
  const rows: Record<string, unknown>[] = [];
  let cursor: string | null = null;
  for (;;) {
    const answer = (await client.query(makeFunctionReference<"query">("_system/cli/tableData"), {
      table,
      order: "asc",
      paginationOpts: { numItems: 1_000, cursor },
    })) as Page;
    rows.push(...answer.page);
    if (answer.isDone) return rows;
    cursor = answer.continueCursor;
  }
}
