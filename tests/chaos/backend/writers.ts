import type { ConvexClient } from "convex/browser";
import { api } from "@/local/backend/testing/app/convex/_generated/api";
import type { World } from "@/local/backend/testing/harness";

/** A number in [0, 1), from a seed. */
export type Random = () => number;

/** One who writes, and remembers what was promised. */
export interface Writer {
  readonly name: string;
  /** The numbers that were acknowledged. */
  readonly acknowledged: Set<number>;
  /** Numbers are given out from 0 up to here; those not acknowledged may or may not be there. */
  next: number;
  /** Whether the client sends again what was not answered, so that in the end everything is acknowledged. */
  readonly resends: boolean;
  /** Writes until told to stop. */
  run(stopped: () => boolean): Promise<void>;
}

const PAUSE_MS = 40;
const LATEST_MS = 300;
const MOST_IN_FLIGHT = 8;

/** Writes over a WebSocket, several at a time: the official client sends again after a reconnect what was not answered. */
export function socketWriter(world: World, name: string, random: Random): Writer & { client: ConvexClient } {
  const client = world.live();
  const writer = {
    name,
    client,
    acknowledged: new Set<number>(),
    next: 0,
    resends: true,
    run: async (stopped: () => boolean): Promise<void> => {
      while (!stopped()) {
        const inFlight: Promise<unknown>[] = [];
        for (let left = 1 + Math.floor(random() * MOST_IN_FLIGHT); left > 0; left--) {
          const number = writer.next++;
          inFlight.push(client.mutation(api.marks.leave, { writer: name, number, delayMs: random() * LATEST_MS }).then(() => writer.acknowledged.add(number)));
          await pause(random);
        }
        // The client waits longer and longer before it connects again, until nothing is outstanding.
        await Promise.all(inFlight);
      }
    },
  };
  return writer;
}

/** Writes over HTTP, one at a time, and never again what was not answered. */
export function httpWriter(world: World, name: string, random: Random): Writer {
  const writer: Writer = {
    name,
    acknowledged: new Set<number>(),
    next: 0,
    resends: false,
    run: async (stopped) => {
      while (!stopped()) {
        const number = writer.next++;
        await world
          .http()
          .mutation(api.marks.leave, { writer: name, number, delayMs: random() * LATEST_MS })
          .then(
            () => writer.acknowledged.add(number),
            () => undefined,
          );
        await pause(random);
      }
    },
  };
  return writer;
}

function pause(random: Random): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, random() * PAUSE_MS));
}
