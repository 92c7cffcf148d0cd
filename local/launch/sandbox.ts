import path from "node:path";
import type { Environment } from "../../lib/environment/validate";
import { startChild, type Child } from "./child";
import type { Home } from "./home";
import { freePort } from "./ports";
import { readiness } from "./ready";
import type { Children } from "./shutdown";
import { StartError } from "./start-error";

const readyWithinMs = 60_000;
const attempts = 5;

/** The client that the stand-in for Google knows, as everybody does. */
const client = { GOOGLE_CLIENT_ID: "lineartime-sandbox.apps.googleusercontent.com", GOOGLE_CLIENT_SECRET: "sandbox-client-secret" };

/** The stand-ins for the providers, up and running. */
export interface Sandbox {
  readonly child: Child;
  readonly url: string;
  readonly port: number;
}

interface SandboxPlan {
  readonly root: string;
  readonly home: Home;
  readonly preferredPort: number;
  /** Ports that are kept for something else. */
  readonly reserved: readonly number[];
}

/** Whether this start runs the stand-in for Google: where nobody has set keys of Google's, or another stand-in. */
export const wantsSandbox = (environment: Environment): boolean =>
  environment.GOOGLE_CLIENT_ID === undefined && environment.GOOGLE_SANDBOX_URL === undefined;

/** Starts the stand-ins and waits until they serve. A port that somebody took meanwhile is stepped over. */
export async function startSandbox(plan: SandboxPlan, children: Children): Promise<Sandbox> {
  let first = plan.preferredPort;
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort(first, plan.reserved);
    const ready = readiness(readyWithinMs);
    const child = startChild({
      name: "The sandbox",
      root: plan.root,
      args: ["--import", "tsx", "local/sandbox/main.ts", "--data", plan.home.sandbox, "--port", `${port}`],
      environment: {},
      logFile: path.join(plan.home.logs, "sandbox.log"),
      onLine: ready.onLine,
    });
    children.add(child);
    if ((await ready.of(child)) === "ready") return { child, url: `http://127.0.0.1:${port}`, port };
    children.remove(child);
    if (attempt === attempts || !child.tail().includes("EADDRINUSE")) {
      throw new StartError(`${child.tail()}\n\nThe sandbox did not start. Its log: ${child.logFile}`);
    }
    first = port + 1;
  }
}

/** The variables with which the deployment takes the stand-in for Google, where there is one. */
export function withSandbox(environment: Environment, url = environment.GOOGLE_SANDBOX_URL): Environment {
  return url === undefined ? environment : { ...client, ...environment, GOOGLE_SANDBOX_URL: url };
}

/** As {@link withSandbox}, on a web server at this port: the stand-in reaches it without https. */
export function withLocalCallbacks(environment: Environment, webPort: number): Environment {
  if (environment.GOOGLE_SANDBOX_URL === undefined) return environment;
  return { ...environment, WEBHOOK_BASE_URL: environment.WEBHOOK_BASE_URL ?? `http://127.0.0.1:${webPort}` };
}
