import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startChild, type Child } from "./child";
import type { Home } from "./home";
import { nextEnvironment } from "./next-environment";
import { freePort } from "./ports";
import type { Children } from "./shutdown";
import type { WebSignIn } from "./sign-in";
import { StartError } from "./start-error";

const readyWithinMs = 60_000;
const attempts = 5;

/** What the web server is told. */
export type WebEnvironment = WebSignIn & {
  readonly CONVEX_URL: string;
  readonly LINEARTIME_SERVER_SECRET: string;
  /** Left out, it is the address at which the web server will be. */
  readonly APP_URL?: string;
  /** Empty where there is no stand-in for Google. */
  readonly GOOGLE_SANDBOX_URL: string;
  /** Empty where nobody set one. */
  readonly HEALTH_TOKEN: string;
};

/** What it takes to start the web server. */
export interface WebPlan {
  readonly root: string;
  readonly home: Home;
  readonly environment: WebEnvironment;
  readonly preferredPort: number;
  /** Ports that are kept for something else. */
  readonly reserved: readonly number[];
  /** `start` serves the build; `dev` serves the sources as they are and tells open pages of every change. */
  readonly command: "start" | "dev";
  /** Gets every line that it prints. */
  readonly onLine?: (line: string) => void;
}

/** The web server, answering. */
export interface Web {
  readonly child: Child;
  readonly url: string;
  readonly port: number;
}

/** The process that serves is one that Next starts itself: by this variable it is reached too. */
const noVersionCheck = `--import=${new URL("./no-version-check.mjs", import.meta.url).href}`;
const developing = { NODE_OPTIONS: [process.env.NODE_OPTIONS, noVersionCheck].filter(Boolean).join(" ") };

/** Starts Next on a free port and waits until it shows the first page. */
export async function startWeb(plan: WebPlan, children: Children): Promise<Web> {
  let first = plan.preferredPort;
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort(first, plan.reserved);
    const url = `http://127.0.0.1:${port}`;
    const child = startChild({
      name: "The web server",
      root: plan.root,
      args: [path.join("node_modules", "next", "dist", "bin", "next"), plan.command, "-H", "127.0.0.1", "-p", `${port}`],
      environment: { ...nextEnvironment, ...(plan.command === "dev" ? developing : {}), APP_URL: url, ...plan.environment },
      logFile: path.join(plan.home.logs, "web.log"),
      ...(plan.onLine === undefined ? {} : { onLine: plan.onLine }),
    });
    children.add(child);
    const outcome = await Promise.race([child.exited.then(() => "ended" as const), untilShown(url)]);
    if (outcome === "shown") return { child, url, port };
    children.remove(child);
    child.kill();
    if (outcome === "ended" && attempt < attempts && child.tail().includes("EADDRINUSE")) {
      first = port + 1;
      continue;
    }
    throw new StartError(`${child.tail()}\n\nThe web server did not show its first page. Its log: ${child.logFile}`);
  }
}

/** Asks for the first page until it comes. */
async function untilShown(url: string): Promise<"shown" | "late"> {
  const deadline = performance.now() + readyWithinMs;
  while (performance.now() < deadline) {
    const status = await fetch(url, { signal: AbortSignal.timeout(10_000) }).then(
      async (response) => {
        await response.arrayBuffer();
        return response.status;
      },
      () => 0,
    );
    if (status === 200) return "shown";
    await sleep(50);
  }
  return "late";
}
