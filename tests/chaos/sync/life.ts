import fc from "fast-check";
import { seededRandom, type SeededRandom } from "../../../local/sandbox/random";
import type { Sandbox } from "../../../local/sandbox/sandbox";
import type { SeedWorld } from "../../../local/sandbox/seed/shape";
import { emptyWorld, NORA } from "../../../local/sandbox/testing/empty-world";
import { happen, happening } from "../../../local/sandbox/testing/happenings";

/** Nora, with a second calendar of her own. */
export function worldOfTwo(): SeedWorld {
  const world = emptyWorld();
  const family = { key: "family", name: "Family", description: null, timeZone: "America/New_York", color: "#42d692", kind: "secondary" as const };
  return { ...world, calendars: [...world.calendars, { ...family, members: [{ email: NORA.email, role: "owner" as const }], events: [] }] };
}

/** What people do at Google, one thing after the other, the same for the same seed. */
export interface Life {
  readonly random: SeededRandom;
  /** Does the next thing, somewhere. */
  goOn(): Promise<void>;
}

const MOVED_TO_ANOTHER = 0.06;
const EXPIRED = 0.04;

export function lifeAt(sandbox: Sandbox, seed: number, changes: number): Life {
  const random = seededRandom(`life ${seed}`);
  const { google } = sandbox.control;
  const ids = google.calendars(NORA.email).flatMap(({ id, watchable }) => (watchable ? [id] : []));
  const things = fc.sample(happening, { seed, numRuns: changes });
  const { accessToken } = google.connect(NORA.email, ["https://www.googleapis.com/auth/calendar"]);
  let count = 0;
  /** A whole event or series, from one calendar to the other; `false` where there is none to take. */
  const moveToAnother = async (from: string, to: string): Promise<boolean> => {
    const alive = google.stored(from).filter(({ status, recurringEventId }) => status !== "cancelled" && recurringEventId === undefined);
    const chosen = alive[random.between(0, Math.max(0, alive.length - 1))];
    if (chosen === undefined) return false;
    const address = `${sandbox.url}/calendar/v3/calendars/${encodeURIComponent(from)}/events/${chosen.id}/move?destination=${encodeURIComponent(to)}`;
    return (await fetch(address, { method: "POST", headers: { Authorization: `Bearer ${accessToken}` } })).ok;
  };
  return {
    random,
    async goOn() {
      const [here = "", there = ""] = random.chance(0.7) ? ids : [...ids].reverse();
      if (random.chance(EXPIRED)) google.expireCursors(random.chance(0.5) ? here : null);
      if (random.chance(MOVED_TO_ANOTHER) && (await moveToAnother(here, there))) return;
      const thing = things[count];
      count += 1;
      if (thing !== undefined) happen(google, here, thing, count);
    },
  };
}
