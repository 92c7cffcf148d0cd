import { expect, it } from "vitest";
import { perhapsFinishedBefore, runsIn } from "./finished-runs";
import { addSystemTables, CRON_RUN_TABLE, newCatalog, SCHEDULED_TABLE, tableKey } from "../tables/catalog";
import { MemoryStore } from "../testing/memory-store";
import { Transaction } from "../tables/transaction";

it("finds what may have finished long ago, in whatever state and component, however much there is of it", () => {
  const store = new MemoryStore();
  const catalog = newCatalog();
  addSystemTables(catalog, "pool");
  const transaction = new Transaction(store, catalog, 1);
  const run = (table: string, kind: string, scheduledTime: number): string => transaction.insert(table, { state: { kind }, scheduledTime });
  const many = Array.from({ length: 1500 }, (_, at) => run(SCHEDULED_TABLE, "success", at / 100));
  const old = [run(SCHEDULED_TABLE, "failed", 40), run(tableKey("pool", SCHEDULED_TABLE), "canceled", -5), run(CRON_RUN_TABLE, "success", 0), run(SCHEDULED_TABLE, "canceled", 51)];
  const pending = [run(SCHEDULED_TABLE, "pending", 1), run(SCHEDULED_TABLE, "pending", 90)];
  run(SCHEDULED_TABLE, "success", 50);
  run(SCHEDULED_TABLE, "failed", 51);
  store.commit(transaction.outcome().writes);
  expect(new Set(perhapsFinishedBefore(store, catalog, 50))).toEqual(new Set([...many, ...old]));
  expect(runsIn(store, catalog, "pending")).toEqual(pending);
});
