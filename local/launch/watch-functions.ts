import { rmSync } from "node:fs";
import path from "node:path";
import { startChild, type Child } from "./child";
import { convexCliEnvironment, pushMarkOf, type PushPlan } from "./push";
import type { Children } from "./shutdown";
import { StartError } from "./start-error";

const keepEnvLocal = new URL("./keep-env-local.mjs", import.meta.url).href;

/** What `watchFunctions` needs besides the deployment. */
export interface WatchPlan extends Omit<PushPlan, "echo" | "facts"> {
  /** Gets every line that the Convex command line prints, the functions' log among them. */
  readonly onLine: (line: string) => void;
}

/**
 * Keeps the deployment at what `convex/` says while it is edited, with the stock `convex dev`, and resolves once it
 * has been pushed for the first time. Functions that cannot be pushed are no failure: they are there to be edited, and the
 * next change is another try.
 */
export async function watchFunctions(plan: WatchPlan, children: Children): Promise<Child> {
  const { root, home, url, secrets } = plan;
  // From now on the deployment has something else than the last start pushed.
  rmSync(pushMarkOf(home), { force: true });
  let onReady = () => {};
  const ready = new Promise<"ready">((resolve) => {
    onReady = () => resolve("ready");
  });
  const child = startChild({
    name: "convex dev",
    root,
    args: ["--import", keepEnvLocal, path.join("node_modules", "convex", "bin", "main.js"), "dev", "--typecheck", "disable", "--tail-logs", "always"],
    environment: convexCliEnvironment(url, secrets.adminKey),
    logFile: path.join(home.logs, "push.log"),
    onLine(line) {
      // It believes so; see keep-env-local.mjs.
      if (!line.includes("Saved NEXT_PUBLIC_CONVEX_URL")) plan.onLine(line);
      if (line.includes("Convex functions ready!")) onReady();
    },
  });
  children.add(child);
  if ((await Promise.race([ready, child.exited])) === "ready") return child;
  children.remove(child);
  throw new StartError(`${child.tail()}\n\nThe functions in convex/ could not be watched. The log: ${child.logFile}`);
}
