import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { z } from "zod";
import { defaultOf } from "../../lib/environment/defaults";
import type { Environment } from "../../lib/environment/validate";
import { StartError } from "./start-error";

const attempts = 200;

/** The ports of one start. */
export interface Ports {
  readonly web: number;
  readonly backend: number;
  readonly site: number;
  /** Of the stand-ins for the providers. */
  readonly sandbox: number;
}

const usualSandboxPort = 3220;

const number = z.number().int().min(1).max(65_535);
const shape = z.object({ web: number, backend: number, site: number, sandbox: number.default(usualSandboxPort) });

/** Which ports to try first: those that were asked for, else those of the last start, else the usual ones. */
export function preferredPorts(file: string, environment: Environment): Ports {
  const remembered = readRemembered(file);
  return {
    web: environment.PORT ?? remembered?.web ?? Number(defaultOf("PORT")),
    backend: environment.LINEARTIME_BACKEND_PORT ?? remembered?.backend ?? Number(defaultOf("LINEARTIME_BACKEND_PORT")),
    site: environment.LINEARTIME_SITE_PORT ?? remembered?.site ?? Number(defaultOf("LINEARTIME_SITE_PORT")),
    sandbox: remembered?.sandbox ?? usualSandboxPort,
  };
}

/** Keeps the ports for the next start: bookmarks and open tabs go on working. */
export function rememberPorts(file: string, ports: Ports): void {
  writeFileSync(file, JSON.stringify(ports), { mode: 0o600 });
}

function readRemembered(file: string): Ports | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return shape.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return undefined;
  }
}

/** Says which port it became, and that the wanted one was taken if it was. */
export const describePort = (wanted: number, got: number): string =>
  wanted === got ? `port ${got}` : `port ${wanted} is taken: using ${got}`;

/** The first free port from `first` on that is not in `reserved`. */
export async function freePort(first: number, reserved: readonly number[] = []): Promise<number> {
  for (let step = 0; step < attempts; step += 1) {
    const port = first + step > 65_535 ? first + step - 65_535 + 1_024 : first + step;
    if (!reserved.includes(port) && (await isFree(port))) return port;
  }
  throw new StartError(`No port from ${first} on is free.`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ host: "127.0.0.1", port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
