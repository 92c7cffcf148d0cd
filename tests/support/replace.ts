import { makeFunctionReference } from "convex/server";
import type { TableNames } from "../../convex/_generated/dataModel";
import type { TestBackend } from "./backend";
import { adminClient } from "./stored";

const POLL_MS = 20;

/** Puts these rows in the place of all that a table has, as `npx convex import --replace` does it; ids stay. */
export async function replaceAll(backend: TestBackend, table: TableNames, rows: readonly Record<string, unknown>[]): Promise<void> {
  const { uploadToken } = await post(backend, "import/start_upload", "");
  await post(backend, `import/upload_part?uploadToken=${uploadToken}&partNumber=1`, JSON.stringify(rows));
  const request = { tableName: table, componentPath: null, mode: "replace", format: "jsonArray" };
  const { importId } = await post(backend, "import/finish_upload", JSON.stringify({ uploadToken, partTokens: ["1"], import: request }));
  await until(backend, String(importId), "waiting_for_confirmation");
  await post(backend, "perform_import", JSON.stringify({ importId }));
  await until(backend, String(importId), "completed");
}

async function until(backend: TestBackend, importId: string, wanted: string): Promise<void> {
  for (;;) {
    const answer = (await adminClient(backend).query(makeFunctionReference<"query">("_system/cli/queryImport"), { importId })) as { state: { state: string } };
    if (answer.state.state === wanted) return;
    if (answer.state.state === "failed") throw new Error(`Rows could not be written back: ${JSON.stringify(answer.state)}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

async function post(backend: TestBackend, step: string, body: string): Promise<Record<string, unknown>> {
  const response = await fetch(`${backend.url}/api/${step}`, {
    method: "POST",
    headers: { Authorization: `Convex ${backend.secrets.adminKey}`, "Content-Type": "application/json" },
    body,
  });
  if (!response.ok) throw new Error(`${step} was answered ${response.status}: ${await response.text()}`);
  return ((await response.json()) ?? {}) as Record<string, unknown>;
}
