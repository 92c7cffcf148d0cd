import { internal } from "../../convex/_generated/api";
import type { TableNames } from "../../convex/_generated/dataModel";
import type { TestBackend } from "./backend";
import { replaceAll } from "./replace";
import { adminClient, stored } from "./stored";

/** What tells how long ago something was, or when it is due, of everything that looks after calendars by the clock. */
const CLOCKS: Partial<Record<TableNames, readonly string[]>> = {
  calendarWatches: ["watchAt", "readAt", "fullAt", "dueAt"],
  webhookNotifications: ["receivedAt"],
  connectionState: ["nextSyncAt"],
};

/**
 * Lets so much time pass for whatever looks after calendars by the clock, then has its minute come. No run may be under way:
 * rows are read and written back, as `npx convex import --replace` does it.
 */
export async function letPass(backend: TestBackend, ms: number): Promise<void> {
  for (const [name, fields] of Object.entries(CLOCKS)) {
    const table = name as TableNames;
    const rows = await stored(backend, table);
    if (rows.length > 0) await replaceAll(backend, table, rows.map((row) => earlier(row, fields, ms)));
  }
  await minuteComes(backend);
}

/** What crons do every minute, at once. */
export async function minuteComes(backend: TestBackend): Promise<void> {
  const admin = adminClient(backend);
  await admin.action(internal.sync.sweep.sweep as never, {} as never);
  for (const tick of [internal.sync.polling.tick, internal.webhooks.schedule.tick]) await admin.mutation(tick as never, {} as never);
}

function earlier(row: Record<string, unknown>, fields: readonly string[], ms: number): Record<string, unknown> {
  const changed = fields.flatMap((field) => (typeof row[field] === "number" ? [[field, row[field] - ms]] : []));
  return { ...row, ...Object.fromEntries(changed) };
}
