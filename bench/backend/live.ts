import type { ConvexClient } from "convex/browser";
import type { Measurement } from "../report";
import { quantile, timeEach } from "../timing";
import { connect, WatchedScreen } from "./clients";
import { itemsFill, itemsRetitle } from "./functions";

const QUERY_COUNTS = [1, 100, 1_000, 10_000];
const SOCKETS = 20;
const RUNS = 300;
const WARM_UPS = 1_000;
const ITEMS_IN_GROUP = 50;
const FIRST_GROUP = 1_000_000;

/** From a client's mutation to the data on another client's screen, with more and more live queries that it does not concern. */
export async function measureLive(url: string, note: (line: string) => void): Promise<Measurement[]> {
  const writer = connect(url);
  const reader = connect(url);
  const crowd = connect(url);
  const measurements: Measurement[] = [];
  try {
    await fillGroup(writer, FIRST_GROUP);
    const screen = new WatchedScreen(reader, FIRST_GROUP);
    await screen.loaded;
    const acknowledged: number[] = [];
    const change = async (title: string): Promise<void> => {
      const began = performance.now();
      const done = writer.mutation(itemsRetitle, { group: FIRST_GROUP, title }).then(() => acknowledged.push(performance.now() - began));
      await screen.shows(title);
      // The next one starts in the quiet: what is measured is not a queue.
      await done;
    };
    // A backend that has been up for a while: V8 goes on compiling for some thousand calls.
    await timeEach(WARM_UPS, (run) => change(`Warm ${run}`));
    let others = 0;
    for (const count of QUERY_COUNTS) {
      note(`${count.toLocaleString("en")} live queries elsewhere`);
      const added: WatchedScreen[] = [];
      for (; others < count; others++) added.push(new WatchedScreen(crowd, FIRST_GROUP + 1 + others));
      await Promise.all(added.map(({ loaded }) => loaded));
      const shown = await timeEach(RUNS, (run) => change(`Seen ${count} ${run}`));
      measurements.push(...spread(`mutation → another client's screen, ${count.toLocaleString("en")} queries elsewhere`, shown));
      const sorted = acknowledged.splice(0).slice(-RUNS).sort((a, b) => a - b);
      measurements.push({ name: "  mutation → its own client, median", unit: "ms", ours: quantile(sorted, 0.5), peers: {} });
    }
    await crowd.close();
    measurements.push(...(await measureFanOut(url, writer)));
    return measurements;
  } finally {
    await Promise.all([writer, reader, crowd].map((client) => client.close()));
  }
}

/** From a mutation to the last of many clients that show the same screen. */
async function measureFanOut(url: string, writer: ConvexClient): Promise<Measurement[]> {
  const clients = Array.from({ length: SOCKETS }, () => connect(url));
  try {
    const screens = clients.map((client) => new WatchedScreen(client, FIRST_GROUP));
    await Promise.all(screens.map(({ loaded }) => loaded));
    const times = await timeEach(200, async (run) => {
      const title = `Fan ${run}`;
      const done = writer.mutation(itemsRetitle, { group: FIRST_GROUP, title });
      await Promise.all(screens.map((screen) => screen.shows(title)));
      return done;
    });
    return spread(`mutation → the last of ${SOCKETS} sockets`, times);
  } finally {
    await Promise.all(clients.map((client) => client.close()));
  }
}

function spread(name: string, ascending: readonly number[]): Measurement[] {
  return [
    { name: `${name}, median`, unit: "ms", ours: quantile(ascending, 0.5), peers: {} },
    { name: "  p95", unit: "ms", ours: quantile(ascending, 0.95), peers: {} },
    { name: "  p99", unit: "ms", ours: quantile(ascending, 0.99), peers: {} },
  ];
}

async function fillGroup(client: ConvexClient, group: number): Promise<void> {
  await client.mutation(itemsFill, { from: group * ITEMS_IN_GROUP, count: ITEMS_IN_GROUP, group });
}
