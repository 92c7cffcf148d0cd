import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { startChild } from "./child";
import { hashContents } from "./content-hash";
import type { Home } from "./home";
import type { Secrets } from "./secrets";
import type { Children } from "./shutdown";
import { StartError } from "./start-error";

/** What the pushed bundle is made of, and the backend that keeps it in its own form. */
const inputs = ["convex", "lib", "local/backend", "package-lock.json", "tsconfig.json", "convex.json"];

/** Nothing listens here, and fetch refuses the port without trying: what the CLI would ask its makers stays here. */
const nowhere = "http://127.0.0.1:9";

/** What it takes to push `convex/`. */
export interface PushPlan {
  readonly root: string;
  readonly home: Home;
  readonly url: string;
  readonly secrets: Secrets;
  /** What `auth.config.ts` reads. */
  readonly facts: readonly string[];
  readonly echo?: boolean;
}

/**
 * Pushes `convex/` with the stock Convex command line, unless the deployment has just this already: the same
 * sources, and the same variables that `auth.config.ts` reads at a push. The mark of what it has lies with the
 * deployment's data, so that both go together.
 */
export async function pushFunctions(plan: PushPlan, children: Children): Promise<"pushed" | "unchanged"> {
  const { root, home, url, secrets, facts } = plan;
  const hash = pushedContents(root, facts);
  const mark = pushMarkOf(home);
  if (existsSync(mark) && readFileSync(mark, "utf8") === hash) return "unchanged";
  const child = startChild({
    name: "The push",
    root,
    args: [path.join("node_modules", "convex", "bin", "main.js"), "deploy", "--typecheck", "disable", "--codegen", "disable", "--skip-large-indexes-check"],
    environment: convexCliEnvironment(url, secrets.adminKey),
    logFile: path.join(home.logs, "push.log"),
    ...(plan.echo === undefined ? {} : { echo: plan.echo }),
  });
  children.add(child);
  const { code } = await child.exited;
  children.remove(child);
  if (code !== 0) {
    throw new StartError(`${child.tail()}\n\nThe functions in convex/ could not be pushed. The log: ${child.logFile}`);
  }
  writeFileSync(mark, hash, { mode: 0o600 });
  return "pushed";
}

/** Where it is noted what the deployment has. */
export const pushMarkOf = (home: Home): string => path.join(home.backend, "pushed");

/** A hash of what a push contains; `facts` are what `auth.config.ts` reads. */
export const pushedContents = (root: string, facts: readonly string[] = []): string => hashContents(root, inputs, facts);

/** Points the stock Convex command line at a deployment and keeps it from calling anybody else. */
export function convexCliEnvironment(url: string, adminKey: string): Record<string, string> {
  return {
    CI: "1",
    CONVEX_SELF_HOSTED_URL: url,
    CONVEX_SELF_HOSTED_ADMIN_KEY: adminKey,
    CONVEX_DEPLOYMENT: "",
    CONVEX_DEPLOY_KEY: "",
    CONVEX_DEPLOYMENT_TOKEN: "",
    CONVEX_VERSION_API_ORIGIN: nowhere,
    CONVEX_PROVISION_HOST: nowhere,
    // The deployment is on this machine: no proxy in between.
    HTTP_PROXY: "",
    HTTPS_PROXY: "",
    http_proxy: "",
    https_proxy: "",
  };
}
