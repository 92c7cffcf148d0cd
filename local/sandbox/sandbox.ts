import { setTimeout as sleep } from "node:timers/promises";
import { createAccounts } from "./accounts";
import { control, type Control } from "./control/control";
import { controlRoutes } from "./control/routes";
import { type CallFaults, createCallFaults, type StandingFault } from "./faults/call-faults";
import { type NotificationFaults, RELIABLE } from "./faults/notification-faults";
import { createFrontDoor } from "./front-door";
import { createGoogle, type Google, type GoogleState } from "./google/google";
import { type OAuthClient } from "./google/oauth/clients";
import { pageRoutes } from "./page/routes";
import { seededRandom } from "./random";
import { type SeedWorld } from "./seed/shape";
import { seedWorld } from "./seed/world";
import { startHttpServer } from "./serving/http-server";
import { noSnapshot, openSnapshot, type SnapshotFile } from "./state/snapshot-file";
import { createCallLog } from "./traffic/call-log";
import { createDelivery } from "./traffic/delivery";

export interface SandboxOptions {
  /** On 127.0.0.1; 0 takes a free one. */
  port: number;
  /** Where the state is kept; without it nothing is. */
  dataFolder?: string;
  /** The day around which the seed lies, `YYYY-MM-DD`; by default the present one. It matters at the first start only. */
  today?: string;
  /** Takes the place of the usual seed. */
  world?: SeedWorld;
  /** Google's OAuth clients; by default the one that everybody knows. */
  googleClients?: readonly OAuthClient[];
  /** Seed of everything that happens at random. */
  randomSeed?: string;
  /** Waits between the attempts to deliver a notification, in milliseconds. */
  retryDelaysMs?: readonly number[];
  /** Epoch milliseconds. */
  now?(): number;
  print?(line: string): void;
}

export interface Sandbox {
  /** `http://127.0.0.1:PORT` */
  url: string;
  control: Control;
  /** Keeps the state and ends; what was still to be delivered is not. */
  stop(): Promise<void>;
}

/** What the snapshot file holds. */
interface State {
  version: 1;
  /** The day that the seed was made around. */
  today: string;
  randomSeed: string;
  notificationFaults: NotificationFaults;
  callFaults: StandingFault[];
  google: GoogleState;
}

const RETRY_DELAYS_MS = [1_000, 4_000, 16_000, 60_000, 240_000];

/** Starts the stand-ins for the providers. Rejects where the port is taken. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const now = options.now ?? Date.now;
  const print = options.print ?? (() => undefined);
  const file: SnapshotFile = options.dataFolder === undefined ? noSnapshot : openSnapshot(options.dataFolder, () => snapshot(), print);
  const kept = readState(file.load());
  const today = kept?.today ?? options.today ?? new Date(now()).toISOString().slice(0, 10);
  const world = options.world ?? seedWorld(today);
  const chance = { seed: kept?.randomSeed ?? options.randomSeed ?? "sandbox", random: seededRandom("") };
  chance.random = seededRandom(chance.seed);
  const unreliable = { value: kept?.notificationFaults ?? RELIABLE };
  const faults: CallFaults = createCallFaults(() => chance.random, kept?.callFaults);
  const calls = createCallLog();
  const delivery = createDelivery({
    faults: () => unreliable.value,
    random: () => chance.random,
    now,
    wait: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined),
    fetch,
  });
  const accounts = createAccounts(world.accounts);
  const server = { url: "" };
  const google: Google = createGoogle({
    accounts,
    clients: options.googleClients ?? [],
    calendars: world.calendars,
    state: kept?.google ?? null,
    delivery,
    notificationFaults: () => unreliable.value,
    random: () => chance.random,
    retryDelaysMs: options.retryDelaysMs ?? RETRY_DELAYS_MS,
    baseUrl: () => server.url,
    now,
    changed: file.changed,
  });
  const snapshot = (): State => ({
    version: 1,
    today,
    randomSeed: chance.seed,
    notificationFaults: unreliable.value,
    callFaults: faults.list(),
    google: google.snapshot(),
  });
  const desk = control({ accounts, calls, delivery, faults, unreliable, chance, google: google.desk, now, changed: file.changed });
  const answer = createFrontDoor({
    providers: [google],
    ownRoutes: [...pageRoutes(desk), ...controlRoutes(desk)],
    faults,
    calls,
    now,
    changed: file.changed,
  });
  const http = await startHttpServer(options.port, answer);
  server.url = http.url;
  file.changed();
  return {
    url: http.url,
    control: desk,
    async stop() {
      delivery.close();
      await http.close();
      file.flush();
    },
  };
}

/** A state of another version is not read: the sandbox begins anew. */
function readState(loaded: unknown): State | null {
  return typeof loaded === "object" && loaded !== null && "version" in loaded && loaded.version === 1 ? (loaded as State) : null;
}
