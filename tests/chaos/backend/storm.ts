import { api } from "@/local/backend/testing/app/convex/_generated/api";
import { eventually, setEnvironment, startWorld } from "@/local/backend/testing/harness";
import { judge } from "./verdict";
import { httpWriter, socketWriter, type Random, type Writer } from "./writers";

/** What was done, and what of it was wrong. */
export interface StormReport {
  kills: number;
  acknowledged: number;
  wrong: string[];
}

const CALM_MS = 150;
const LONGEST_MS = 900;

/**
 * Kills the backend at random, as often as told, while clients write and schedule, and starts it again over the same data. Then
 * looks whether an acknowledged write is lost, anything was applied twice, or a schedule forgotten.
 */
export async function runStorm(kills: number, seed: number, note: (line: string) => void): Promise<StormReport> {
  const random = randomFrom(seed);
  const world = await startWorld();
  try {
    const sockets = [0, 1].map((index) => socketWriter(world, `socket${index}`, randomFrom(seed + index + 1)));
    const writers: Writer[] = [...sockets, httpWriter(world, "http", randomFrom(seed + 99))];
    const wrong: string[] = [];
    const seen = watchLast(sockets[0]?.client, "socket1", wrong);
    let stopped = false;
    const writing = writers.map((writer) => writer.run(() => stopped));
    for (let kill = 1; kill <= kills; kill++) {
      await underLoad(writers);
      await new Promise((resolve) => setTimeout(resolve, CALM_MS + random() * LONGEST_MS));
      const value = String(kill);
      // Every other time the environment is being changed, which is a change of all threads.
      const changing = kill % 2 === 0 ? setEnvironment(world.backend, { FIXTURE_VALUE: value }).then(({ ok }) => ok, () => false) : null;
      if (changing !== null) await new Promise((resolve) => setTimeout(resolve, random() * LONGEST_MS));
      await world.restart("SIGKILL");
      if ((await changing) === true && (await world.http().query(api.isolation.envValue, {})) !== value) wrong.push(`The environment of kill ${kill} was acknowledged and is lost`);
      if (kill % 10 === 0) note(`${kill} kills, ${acknowledgedBy(writers)} writes acknowledged`);
    }
    stopped = true;
    await Promise.all(writing);
    for (const writer of writers) wrong.push(...(await judge(world, writer)));
    const last = (sockets[1]?.next ?? 0) - 1;
    await eventually(() => seen.last, (number) => number === last).catch(() => wrong.push(`A live query stands at ${seen.last}, not at ${last}`));
    return { kills, acknowledged: acknowledgedBy(writers), wrong };
  } finally {
    await world.end();
  }
}

/** Waits until all writers are back: the official client takes a second or more to connect again. */
async function underLoad(writers: readonly Writer[]): Promise<void> {
  const before = writers.map(({ acknowledged }) => acknowledged.size);
  await eventually(
    () => writers.map(({ acknowledged }, at) => acknowledged.size - (before[at] ?? 0)),
    (progress) => progress.every((count) => count > 0),
  );
}

/** A live query over all restarts: what it shows never goes back. */
function watchLast(client: ReturnType<typeof socketWriter>["client"] | undefined, writer: string, wrong: string[]): { last: number | null } {
  const seen: { last: number | null } = { last: null };
  client?.onUpdate(api.marks.last, { writer }, (number) => {
    if (number !== null && seen.last !== null && number < seen.last) wrong.push(`A live query went back from ${seen.last} to ${number}`);
    seen.last = number;
  });
  return seen;
}

function acknowledgedBy(writers: readonly Writer[]): number {
  return writers.reduce((sum, { acknowledged }) => sum + acknowledged.size, 0);
}

/** Numbers in [0, 1) from a seed (mulberry32, public domain). */
function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
