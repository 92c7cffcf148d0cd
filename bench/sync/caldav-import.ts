import { api } from "../../convex/_generated/api";
import { startTestBackend, type TestBackend } from "../../tests/support/backend";
import { makeCalendars } from "../../tests/support/calendars/calendars";
import { startRadicale, type Radicale } from "../../tests/support/radicale";
import { stored } from "../../tests/support/stored";
import { signUp } from "../../tests/support/visitor";
import { quantile } from "../timing";
import type { Part } from "./part";
import { fullReads } from "./support/full-reads";
import { slowest, usageMeter } from "./support/usage";
import { vdirsyncerVersion, readWithVdirsyncer } from "./support/vdirsyncer";

/**
 * The same objects of the same Radicale, in turns: ours from the connection form's submission until all calendars are stored
 * and shown as synced, vdirsyncer's first `sync` into files (its `discover` before is not counted). Radicale parses each object
 * when it is first asked for: a reading that does not count comes before.
 */
export const part: Part = async ({ quick, note }) => {
  const [objects, rounds] = quick ? [600, 1] : [5_001, 3];
  const calendars = makeCalendars({ objects: objects / 3, malformed: false });
  const radicale = await startRadicale();
  radicale.store(calendars);
  const backend = await startTestBackend();
  const version = vdirsyncerVersion();
  note(version ?? "vdirsyncer is not installed (Debian: apt-get install vdirsyncer): its column stays empty");
  try {
    await readEverything(radicale, calendars);
    const [ours, theirs]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round += 1) {
      ours.push(await importOurs(backend, radicale, { round, calendars: calendars.length }));
      if (version === null) continue;
      const read = readWithVdirsyncer(radicale);
      if (read.objects !== objects) throw new Error(`vdirsyncer has ${read.objects} of ${objects} objects.`);
      theirs.push(read.tookMs);
    }
    const runs = fullReads(await stored(backend, "syncJobs"));
    const together = (field: "runMs" | "callMs") => runs.reduce((sum, run) => sum + run[field], 0) / rounds;
    note(`runs of a round together, ${calendars.length} at once: ${shown(together("runMs"))} s, of which ${shown(together("callMs"))} s were calls`);
    note(`in the backend, all rounds: ${slowest(await usageMeter(backend.url, backend.secrets.adminKey).read())}`);
    note(`seconds, ours: ${ours.map(shown).join(", ")}; vdirsyncer: ${theirs.map(shown).join(", ")}`);
    const median = (values: number[]) => quantile(values.sort((a, b) => a - b), 0.5) / 1000;
    const name = `first import of ${objects.toLocaleString("en")} over CalDAV, median of ${rounds}`;
    const peers: Record<string, number> = version === null ? {} : { vdirsyncer: median(theirs) };
    return [{ name, unit: "s", ours: median(ours), peers }];
  } finally {
    await backend.dispose();
    await radicale.stop();
  }
};

const shown = (milliseconds: number): string => (milliseconds / 1000).toFixed(1);

/** Somebody new connects the server. Returns milliseconds. */
async function importOurs(backend: TestBackend, radicale: Radicale, { round, calendars }: { round: number; calendars: number }): Promise<number> {
  const visitor = await signUp(backend, `nora-${round}@example.com`);
  try {
    const began = performance.now();
    const connected = await visitor.client.action(api.connections.caldav.connect, { serverUrl: radicale.url, username: radicale.user, password: radicale.password });
    if (!connected.ok) throw new Error(`Radicale was not connected: ${connected.code}`);
    await visitor.until(api.calendars.states.list, {}, (states) => states.length === calendars && states.every(({ phase }) => phase === "synced"));
    return performance.now() - began;
  } finally {
    await visitor.close();
  }
}

async function readEverything({ url, user, password }: Radicale, calendars: readonly { slug: string }[]): Promise<void> {
  const Authorization = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
  for (const { slug } of calendars) await (await fetch(`${url}/${user}/${slug}/`, { headers: { Authorization } })).arrayBuffer();
}
