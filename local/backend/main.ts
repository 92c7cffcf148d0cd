import { parseArgs } from "node:util";
import { resolve } from "node:path";
import { startBackend } from "./backend";

/** `node main.mjs --data DIR --port P [--site-port P] [--host H]`; see the README. */
const PARENT_CHECK_MS = 1000;

async function main(): Promise<void> {
  // Pushed code has the time zone that it has on Convex, wherever this machine is. It holds for every thread that starts from here on.
  process.env["TZ"] = "UTC";
  const { values } = parseArgs({
    options: {
      data: { type: "string" },
      port: { type: "string" },
      "site-port": { type: "string" },
      host: { type: "string", default: "127.0.0.1" },
      "function-limit-ms": { type: "string" },
    },
  });
  const adminKey = process.env["LINEARTIME_ADMIN_KEY"] ?? "";
  if (values.data === undefined || values.port === undefined) throw new Error("Usage: main.ts --data DIR --port PORT [--site-port PORT] [--host ADDRESS]");
  // Requests carry it in a header.
  if (!/^[!-~]{16,}$/.test(adminKey)) throw new Error("LINEARTIME_ADMIN_KEY must be set, to at least 16 characters of ASCII without spaces.");
  const sitePort = values["site-port"];
  const limit = values["function-limit-ms"];
  const backend = await startBackend({
    dataFolder: resolve(values.data),
    port: toPort(values.port),
    ...(sitePort === undefined ? {} : { sitePort: toPort(sitePort) }),
    ...(limit === undefined ? {} : { runawayMs: toMilliseconds(limit) }),
    host: values.host,
    adminKey,
    deploymentName: process.env["LINEARTIME_DEPLOYMENT_NAME"] ?? "local",
    print: (line) => process.stdout.write(`${line}\n`),
    stop: fail,
  });
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    backend.close().then(
      () => process.exit(0),
      (thrown: unknown) => fail(thrown),
    );
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  process.on("SIGHUP", stop);
  // Without the process that started it nobody would stop it.
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) stop();
  }, PARENT_CHECK_MS).unref();
  process.stdout.write(`ready ${backend.url}\n`);
}

function toPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535) throw new Error(`"${text}" is not a port.`);
  return port;
}

function toMilliseconds(text: string): number {
  const ms = Number(text);
  if (!/^\d+$/.test(text) || ms === 0) throw new Error(`"${text}" is not a number of milliseconds.`);
  return ms;
}

function fail(thrown: unknown): never {
  const taken = thrown instanceof Error && "code" in thrown && thrown.code === "EADDRINUSE";
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  process.stderr.write(`The backend could not run: ${taken ? `the port is taken (${message})` : message}\n`);
  process.exit(1);
}

main().catch(fail);
