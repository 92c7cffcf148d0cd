import { rmSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { WebSocketServer } from "ws";
import { actionSyscall } from "./syscalls/action-syscalls";
import { TokenVerifier } from "./serving/auth";
import { newCatalog, parseCatalog } from "./tables/catalog";
import { Credentials } from "./serving/credentials";
import { Deployment, type StoredPush } from "./operating/deployment";
import { Engine } from "./engine/engine";
import type { Environment } from "./operating/environment";
import type { FunctionKind } from "./functions/function-registry";
import { FunctionLog } from "./operating/function-log";
import { HttpApi } from "./serving/http";
import type { EncodedObject } from "./values/encoded-value";
import { CATALOG } from "./values/keys";
import { hostLimits } from "./limits";
import { LiveQueries } from "./engine/live-queries";
import { PushService } from "./operating/push";
import { programFolder } from "./program";
import { Scheduler } from "./operating/scheduler";
import { pruneSessions } from "./engine/session-retention";
import { openDataFolder } from "./store/data-folder";
import { SyncHub } from "./serving/sync-hub";
import { Transfers } from "./transfer/transfers";
import { createSystemQueries } from "./operating/system-queries";

export interface BackendOptions {
  /** The folder that holds everything; made when missing. */
  dataFolder: string;
  /** 0 takes a free port. */
  port: number;
  /** Where HTTP actions are served besides `<url>/http`; 0 takes a free port, undefined none. */
  sitePort?: number;
  host?: string;
  adminKey: string;
  deploymentName?: string;
  /** Wall time after which a query or mutation is ended, in milliseconds. */
  runawayMs?: number;
  /** The clock that functions and schedules go by, epoch milliseconds; actions have the machine's. */
  now?: () => number;
  /** Shows what functions failed with. */
  print?: (line: string) => void;
  /** Called when the disk refused a commit: nothing more is stored, and the process should end at once. */
  stop?: (failure: Error) => void;
}

export interface Backend {
  url: string;
  siteUrl: string;
  /** Calls a function as an administrator, without the network. Rejects when it fails; resolves to the JSON text of its result. */
  call(kind: FunctionKind, path: string, args: EncodedObject): Promise<string>;
  /** Stops taking requests, ends the workers, and closes the store. */
  close(): Promise<void>;
}

const PRUNE_EVERY_MS = 60 * 60 * 1000;

/** Starts a backend. Rejects when the port is taken or the folder cannot be used. */
export async function startBackend(options: BackendOptions): Promise<Backend> {
  const { dataFolder, adminKey, host = "127.0.0.1", deploymentName = "local" } = options;
  const now = options.now ?? Date.now;
  let api: HttpApi | null = null;
  // The ports are taken first: a backend that cannot have them must not touch the store of the one that has.
  const early: RequestListener = (_request, response) => void response.writeHead(503, { "Retry-After": "1" }).end();
  const main = await listen((request, response) => void (api === null ? early(request, response) : api.handle(request, response)), options.port, host);
  const site =
    options.sitePort === undefined
      ? null
      : await listen((request, response) => void (api === null ? early(request, response) : api.handleSite(request, response)), options.sitePort, host);
  const cloudUrl = urlOf(main, host);
  const siteUrl = site === null ? `${cloudUrl}/http` : urlOf(site, host);

  const data = await openDataFolder(dataFolder).catch(async (thrown: unknown) => {
    await closeServers([main, site]);
    throw thrown;
  });
  const { store, storeFolder } = data;
  const storedCatalog = store.get(CATALOG);
  const catalog = storedCatalog === undefined ? newCatalog() : parseCatalog(storedCatalog);
  const log = new FunctionLog(options.print ?? (() => undefined));
  const program = await programFolder();
  const moduleRoot = join(dataFolder, "modules");
  // They are made anew of the stored push: those of earlier ones are not needed, and a crash may have left some half written.
  rmSync(moduleRoot, { recursive: true, force: true });
  const makeDeployment = (push: StoredPush, environment: Environment): Deployment =>
    new Deployment(push, {
      program,
      env: { ...environment, CONVEX_CLOUD_URL: cloudUrl, CONVEX_SITE_URL: siteUrl },
      storeFolder,
      moduleRoot,
      runawayMs: options.runawayMs ?? hostLimits.runawayMs,
      syscall: (caller, op, args) => actionSyscall(engine, now, caller, op, args),
    });
  const engine: Engine = new Engine(store, catalog, log, now, options.stop ?? (() => undefined));
  const credentials = new Credentials(adminKey, new TokenVerifier([], now));
  const scheduler = new Scheduler(engine, now);
  const push: PushService = new PushService({ engine, scheduler, credentials, makeDeployment, activated: () => hub.rerunAll() });
  const transfers = new Transfers({ engine, folder: join(dataFolder, "transfer"), imported: () => hub.rerunAll() });
  const system = createSystemQueries({ engine, push, scheduler, transfers, cloudUrl, siteUrl });
  const live = new LiveQueries(engine, system, () => hub.settle());
  const hub: SyncHub = new SyncHub({ engine, live, credentials, now });
  await push.restore();
  const prune = (): Promise<void> => pruneSessions(engine, now()).catch((thrown: unknown) => void process.stderr.write(`Forgetting old requests: ${String(thrown)}\n`));
  await prune();
  const pruning = setInterval(() => void prune(), PRUNE_EVERY_MS);
  pruning.unref();
  await scheduler.start();
  const http = new HttpApi({ engine, credentials, push, transfers, log, system, deploymentName, cloudUrl, siteUrl });
  const sockets = acceptSockets(main, hub);
  api = http;

  return {
    url: cloudUrl,
    siteUrl,
    call: (kind, path, args) => engine.callAs(kind, { component: "", path, args, identity: null, publicOnly: false, caller: "Host" }),
    close: async () => {
      clearInterval(pruning);
      scheduler.stop();
      log.wakeAll();
      hub.close();
      sockets.close();
      await closeServers([main, site]);
      await push.close();
      await engine.lock.run(() => engine.deployment.close());
      await data.close();
    },
  };
}

function acceptSockets(server: Server, hub: SyncHub): WebSocketServer {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: hostLimits.frameBytes });
  server.on("upgrade", (request, socket, head) => {
    const [path] = (request.url ?? "/").split("?");
    if (path === undefined || !/^\/api\/([^/]+\/)?sync$/.test(path)) {
      // Nobody else listens to this socket any more: a client that is gone by now, or never closes its side, must do no harm.
      socket.on("error", () => undefined);
      socket.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n", () => socket.destroy());
      return;
    }
    sockets.handleUpgrade(request, socket, head, (client) => hub.connect(client));
  });
  return sockets;
}

function listen(listener: RequestListener, port: number, host: string): Promise<Server> {
  const server = createServer(listener);
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => resolve(server));
  });
}

function urlOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo; // it listens on a port, not on a pipe
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

async function closeServers(servers: readonly (Server | null)[]): Promise<void> {
  await Promise.all(servers.map((server) => server && closeServer(server)));
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
