import { setTimeout as sleep } from "node:timers/promises";
import { startWorkplace } from "../../tests/support/google/workplace";
import { adminClient } from "../../tests/support/stored";
import type { Measurement } from "../report";
import type { Part, PartPlan } from "./part";
import { untilQuiet } from "./support/quiet";
import { alone } from "./support/rows";
import { documentsRead, isOfHost, ofRuns, usageMeter, writtenByTable, type Usage } from "./support/usage";
import { firstOfMonth, meetings, OWNER, worldOf } from "./support/worlds";

const DAYS = 600;
const LOOK_EVERY_MS = 20;
const PATIENCE_MS = 60_000;

const callsOf = (usage: Usage, path: string): number => usage[path]?.calls ?? 0;
/** A run may begin a moment after its notification: a calendar is not read twice in half a second. */
const runsEnded = (usage: Usage): number => callsOf(usage, "sync/complete:succeed");
/** One dispatch hands a run out, and its end wakes another a moment later, which finds no more: both are part of what it costs. */
const DISPATCHES_OF_A_RUN = 2;
/** The median of so many counts: every so often a run reserves calls for those after it. */
const CHANGES = 5;
const dispatches = (usage: Usage): number => callsOf(usage, "sync/dispatcher:dispatch");

/** An event renamed at Google, in calendars of more and more: what is read and written from its notification to the end of the run. */
export const part: Part = async (plan) => {
  const rows: Measurement[] = [];
  for (const size of plan.quick ? [100, 1_000] : [100, 1_000, 10_000]) rows.push(...(await oneChange(size, plan)));
  return rows;
};

async function oneChange(size: number, { note }: PartPlan): Promise<Measurement[]> {
  const place = await startWorkplace({ world: worldOf({ calendars: 1, events: () => meetings(size, firstOfMonth(-10), DAYS) }) });
  try {
    await place.connect(OWNER);
    const admin = adminClient(place.backend);
    const meter = usageMeter(place.backend.url, place.backend.secrets.adminKey);
    const { google, idle } = place.sandbox.control;
    const rename = async (title: string): Promise<void> => {
      const event = google.stored(OWNER.email)[Math.floor(size / 2)];
      const before = await meter.read();
      const isOver = (now: Usage) => runsEnded(now) > runsEnded(before) && dispatches(now) >= dispatches(before) + DISPATCHES_OF_A_RUN;
      google.changeEvent(OWNER.email, event?.id ?? "", { summary: title });
      const deadline = performance.now() + PATIENCE_MS;
      while (!isOver(await meter.read())) {
        if (performance.now() > deadline) throw new Error(`The change to ${title} was not followed by a run and ${DISPATCHES_OF_A_RUN} dispatches within a minute.`);
        await sleep(LOOK_EVERY_MS);
      }
      await idle();
      await untilQuiet(admin);
    };
    await untilQuiet(admin);
    await rename("Once before it counts");
    const usages: Usage[] = [];
    for (let change = 1; change <= CHANGES; change += 1) {
      await meter.reset();
      await rename(`What counts ${change}`);
      usages.push(ofRuns(await meter.read()));
    }
    const usage = usages.sort((a, b) => documentsRead(a) - documentsRead(b))[Math.floor(CHANGES / 2)] ?? {};
    const written = writtenByTable(usage).filter(([table]) => !isOfHost(table));
    const among = `one change among ${size.toLocaleString("en")} events`;
    note(`${among}: read by ${Object.entries(usage).map(([path, { documentsRead }]) => `${path} ${documentsRead}`).sort().join(", ")}`);
    note(`${among}: written to ${written.map(([table, count]) => `${table} ${count}`).join(", ")}`);
    return [
      alone(`${among}, documents read`, "documents", documentsRead(usage)),
      alone(`${among}, documents written`, "documents", written.reduce((sum, [, count]) => sum + count, 0)),
    ];
  } finally {
    await place.dispose();
  }
}
