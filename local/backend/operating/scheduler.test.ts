import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Engine } from "../engine/engine";
import { hostLimits } from "../limits";
import { Store } from "../store/store";
import { newCatalog, SCHEDULED_TABLE } from "../tables/catalog";
import { documentsOf } from "../tables/migration";
import { FunctionLog } from "./function-log";
import { Scheduler } from "./scheduler";

const NOW = 2_000_000_000_000;
const LONG_AGO = NOW - hostLimits.scheduledRetentionMs - 1000;

let now: number;
let folder: string;
let store: Store;
let engine: Engine;
let scheduler: Scheduler;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "scheduler-"));
  store = Store.open(folder);
  now = NOW;
  engine = new Engine(store, newCatalog(), new FunctionLog(() => undefined), () => now, () => undefined);
  scheduler = new Scheduler(engine, () => now);
});
afterEach(async () => {
  scheduler.stop();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

it("forgets all that finished long ago, however much it is and however it ended", async () => {
  await engine.write((transaction) => {
    const note = (name: string, kind: string, scheduledTime: number, completedTime: number): string =>
      transaction.insert(SCHEDULED_TABLE, { name, args: [{}], scheduledTime, state: { kind }, completedTime });
    for (let at = 0; at < 2500; at++) note("many", "success", LONG_AGO - at, LONG_AGO - at);
    note("failed", "failed", LONG_AGO, LONG_AGO);
    note("canceled before its time", "canceled", NOW * 2, LONG_AGO);
    note("kept: it took long", "success", LONG_AGO, NOW - 1000);
    note("kept", "failed", NOW - 1000, NOW - 1000);
    note("kept", "canceled", LONG_AGO, NOW - 1000);
  });
  await scheduler.start();
  const left = (): unknown[] => [...documentsOf(store, engine.catalog.tables[SCHEDULED_TABLE])].map(({ name }) => name);
  await vi.waitFor(() => expect(left()).toEqual(["kept: it took long", "kept", "kept"]), 5000);
});

it("does not rest until a time that the clock has gone back from", async () => {
  const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];
  const spec = { name: "jobs:none", args: [{}], component: "" };
  const specs = {
    minutely: { ...spec, schedule: { type: "interval" as const, minutes: 1 } },
    daily: { ...spec, schedule: { type: "daily" as const, hourUTC: 0, minuteUTC: 0 } },
  };
  await scheduler.start();
  scheduler.adoptCrons(scheduler.planCrons(specs).states);
  const dueIn = (): number[] => scheduler.cronReport().map(({ nextDueMs }) => nextDueMs - now);
  const midnight = Math.ceil(NOW / day) * day;
  const backTo = (time: number): void => {
    now = time;
    scheduler.adoptCrons(Object.fromEntries(scheduler.cronReport().map(({ name, nextDueMs }) => [name, { spec: specs[name as keyof typeof specs], nextDueMs, lastRunId: null }])));
  };
  backTo(NOW - 3 * hour);
  expect(dueIn()).toEqual([minute, midnight - now]);
  // What was done at midnight is not done again when the clock goes back to before it.
  now = midnight + minute;
  scheduler.adoptCrons({ daily: { spec: specs.daily, nextDueMs: midnight + day, lastRunId: null } });
  backTo(midnight - minute);
  expect(dueIn()).toEqual([day + minute]);
  backTo(midnight - 400 * day - hour);
  expect(dueIn()).toEqual([hour]);
});
