import path from "node:path";
import { programFolder } from "../backend/program";
import { startChild, type Child } from "./child";
import type { Home } from "./home";
import { freePort } from "./ports";
import { readiness } from "./ready";
import type { Children } from "./shutdown";
import { StartError } from "./start-error";

const readyWithinMs = 60_000;
const attempts = 5;

/** The embedded backend, up and running. */
export interface Backend {
  readonly child: Child;
  /** Address of the deployment. */
  readonly url: string;
  readonly port: number;
  readonly sitePort: number;
}

/** What it takes to start the embedded backend. */
export interface BackendPlan {
  readonly root: string;
  readonly home: Home;
  readonly adminKey: string;
  readonly preferred: { readonly backend: number; readonly site: number };
  /** Ports that are kept for something else. */
  readonly reserved: readonly number[];
}

/**
 * Starts the embedded backend and waits until it says that it is ready. A port that somebody else took
 * between our look and its start is stepped over like any other.
 */
export async function startBackend(plan: BackendPlan, children: Children): Promise<Backend> {
  const program = await programFolder();
  let { backend: first, site: firstSite } = plan.preferred;
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort(first, plan.reserved);
    const sitePort = await freePort(firstSite, [...plan.reserved, port]);
    const ready = readiness(readyWithinMs);
    const child = startChild({
      name: "The backend",
      root: plan.root,
      args: [path.join(program, "main.mjs"), "--data", plan.home.backend, "--port", `${port}`, "--site-port", `${sitePort}`],
      // Numbers and dates are written as on Convex, in whatever language this machine is.
      environment: { LINEARTIME_ADMIN_KEY: plan.adminKey, LC_ALL: "en_US.UTF-8" },
      logFile: path.join(plan.home.logs, "backend.log"),
      onLine: ready.onLine,
    });
    children.add(child);
    if ((await ready.of(child)) === "ready") return { child, url: `http://127.0.0.1:${port}`, port, sitePort };
    children.remove(child);
    if (attempt === attempts || !child.tail().includes("EADDRINUSE")) {
      throw new StartError(`${child.tail()}\n\nThe backend did not start. Its log: ${child.logFile}`);
    }
    [first, firstSite] = [port + 1, sitePort + 1];
  }
}
