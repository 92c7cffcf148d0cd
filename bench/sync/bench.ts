import type { Measurement } from "../report";
import type { BenchPlan } from "../run";
import type { Part } from "./part";

/** Each part starts what it needs and ends it again. */
const parts: Readonly<Record<string, () => Promise<{ part: Part }>>> = {
  painted: () => import("./painted"),
  webhooks: () => import("./webhooks"),
  day: () => import("./day"),
  "second-sync": () => import("./second-sync"),
  "one-change": () => import("./one-change"),
  "first-import": () => import("./first-import"),
  "caldav-import": () => import("./caldav-import"),
  queue: () => import("./queue"),
  tile: () => import("./tile"),
  contention: () => import("./contention"),
};

/** Synchronization as people meet it, beside what else does the same work on the same machine. */
export const bench = { ourName: "LinearTime", parts: Object.keys(parts), measure };

/** A part that fails is named, and costs nothing but its own figures; the exit code is 1 then. */
async function measure(note: (line: string) => void, { only, quick }: BenchPlan): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  for (const [name, load] of Object.entries(parts)) {
    if (only !== undefined && name !== only) continue;
    const began = performance.now();
    try {
      const { part } = await load();
      measurements.push(...(await part({ note: (line) => note(`${name}: ${line}`), quick })));
      note(`${name}: done in ${((performance.now() - began) / 1000).toFixed(0)} s`);
    } catch (thrown) {
      note(`${name}: FAILED: ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}`);
      process.exitCode = 1;
    }
  }
  return measurements;
}
