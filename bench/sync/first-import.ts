import { api } from "../../convex/_generated/api";
import { startWorkplace } from "../../tests/support/google/workplace";
import { stored } from "../../tests/support/stored";
import type { Part } from "./part";
import { fullReads } from "./support/full-reads";
import { alone } from "./support/rows";
import { slowest, usageMeter } from "./support/usage";
import { firstOfMonth, meetings, OWNER, worldOf } from "./support/worlds";

const DAYS = 600;

/** A calendar that is read for the first time: from consent until all of it is stored. */
export const part: Part = async ({ quick, note }) => {
  const size = quick ? 1_000 : 10_000;
  const place = await startWorkplace({ world: worldOf({ calendars: 1, events: () => meetings(size, firstOfMonth(-10), DAYS) }) });
  try {
    const began = performance.now();
    await place.connect(OWNER);
    await place.visitor.until(api.calendars.states.list, {}, (states) => states.length === 1 && states.every(({ phase }) => phase === "synced"));
    const seconds = (performance.now() - began) / 1000;
    const events = await stored(place.backend, "unifiedEvents");
    if (events.length !== size) throw new Error(`${events.length} of ${size} events are stored.`);
    const atProvider = fullReads(await stored(place.backend, "syncJobs")).reduce((sum, { callMs }) => sum + callMs, 0) / 1000;
    note(`${seconds.toFixed(1)} s in all, of which ${atProvider.toFixed(1)} s at the provider`);
    note(`in the backend: ${slowest(await usageMeter(place.backend.url, place.backend.secrets.adminKey).read())}`);
    const of = `first import of ${size.toLocaleString("en")} from Google`;
    return [
      alone(`${of}, from consent to the last event`, "events/s", size / seconds),
      alone(`${of}, at the provider`, "s", atProvider),
      alone(`${of}, everything else`, "s", seconds - atProvider),
    ];
  } finally {
    await place.dispose();
  }
};
