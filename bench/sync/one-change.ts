import { startWorkplace } from "../../tests/support/google/workplace";
import { adminClient } from "../../tests/support/stored";
import type { Measurement } from "../report";
import type { Part, PartPlan } from "./part";
import { untilQuiet } from "./support/quiet";
import { alone } from "./support/rows";
import { documentsRead, isOfHost, ofRuns, usageMeter, writtenByTable } from "./support/usage";
import { firstOfMonth, meetings, OWNER, worldOf } from "./support/worlds";

const DAYS = 600;

/** One event renamed at Google, in calendars of more and more: what is read and written from its notification to the end of the run. */
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
      google.changeEvent(OWNER.email, event?.id ?? "", { summary: title });
      await idle();
      await untilQuiet(admin);
    };
    await untilQuiet(admin);
    await rename("Once before it counts");
    await meter.reset();
    await rename("What counts");
    const usage = ofRuns(await meter.read());
    const written = writtenByTable(usage).filter(([table]) => !isOfHost(table));
    const among = `one change among ${size.toLocaleString("en")} events`;
    note(`${among}: ${written.map(([table, count]) => `${table} ${count}`).join(", ")}`);
    return [
      alone(`${among}, documents read`, "documents", documentsRead(usage)),
      alone(`${among}, documents written`, "documents", written.reduce((sum, [, count]) => sum + count, 0)),
    ];
  } finally {
    await place.dispose();
  }
}
