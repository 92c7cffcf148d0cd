import { makeFunctionReference } from "convex/server";
import { internal } from "../../convex/_generated/api";
import type { TableNames } from "../../convex/_generated/dataModel";
import type { TestBackend } from "./backend";
import { adminClient, stored } from "./stored";

/** What tells how long ago something was, or when it is due, of everything that looks after calendars by the clock. */
const CLOCKS: Partial<Record<TableNames, readonly string[]>> = {
  calendarWatches: ["watchAt", "readAt", "fullAt", "dueAt"],
  webhookNotifications: ["receivedAt"],
  connectionState: ["nextSyncAt"],
};
const POLL_MS = 20;

/**
 * Lets so much time pass for whatever looks after calendars by the clock, then has its minute come. No run may be under way:
 * rows are read and written back, as `npx convex import --replace` does it.
 */
export async function letPass(backend: TestBackend, ms: number): Promise<void> {
  for (const [table, fields] of Object.entries(CLOCKS)) {
    const rows = await stored(backend, table as TableNames);
    if (rows.length > 0) await replaceAll(backend, table, rows.map((row) => earlier(row, fields, ms)));
  }
  await minuteComes(backend);
}

/** What crons do every minute, at once. */
export async function minuteComes(backend: TestBackend): Promise<void> {
  const admin = adminClient(backend);
  for (const tick of [internal.sync.sweep.sweep, internal.sync.polling.tick, internal.webhooks.schedule.tick]) await admin.mutation(tick as never, {} as never);
}

function earlier(row: Record<string, unknown>, fields: readonly string[], ms: number): Record<string, unknown> {
  const changed = fields.flatMap((field) => (typeof row[field] === "number" ? [[field, row[field] - ms]] : []));
  return { ...row, ...Object.fromEntries(changed) };
}

async function replaceAll(backend: TestBackend, table: string, rows: readonly Record<string, unknown>[]): Promise<void> {
  const { uploadToken } = await post(backend, "start_upload", "");
  await post(backend, `upload_part?uploadToken=${uploadToken}&partNumber=1`, JSON.stringify(rows));
  const request = { tableName: table, componentPath: null, mode: "replace", format: "jsonArray" };
  const { importId } = await post(backend, "finish_upload", JSON.stringify({ uploadToken, partTokens: ["1"], import: request }));
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
  const response = await fetch(`${backend.url}/api/${step === "perform_import" ? step : `import/${step}`}`, {
    method: "POST",
    headers: { Authorization: `Convex ${backend.secrets.adminKey}`, "Content-Type": "application/json" },
    body,
  });
  if (!response.ok) throw new Error(`${step} was answered ${response.status}: ${await response.text()}`);
  return ((await response.json()) ?? {}) as Record<string, unknown>;
}
