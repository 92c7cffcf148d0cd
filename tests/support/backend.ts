import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { startBackend, type Backend } from "../../local/launch/backend";
import type { Child } from "../../local/launch/child";
import { deploymentEnvironment, setDeploymentEnvironment } from "../../local/launch/deployment-environment";
import { openHome, type Home } from "../../local/launch/home";
import { waitForLock } from "../../local/launch/lock.mjs";
import { pushedContents, pushFunctions } from "../../local/launch/push";
import { readSecrets, type Secrets } from "../../local/launch/secrets";
import type { Children } from "../../local/launch/shutdown";
import { authConfigFacts } from "../../local/launch/sign-in";
import { takeUpWork } from "../../local/launch/take-up-work";
import type { Environment } from "../../lib/environment/validate";

const root = path.resolve(import.meta.dirname, "../..");
const graceMs = 5_000;

/** An embedded deployment of a test's own, with the product's functions. */
export interface TestBackend {
  readonly url: string;
  readonly siteUrl: string;
  readonly home: Home;
  readonly secrets: Secrets;
  /** The process, for tests that end it without asking. */
  readonly child: Child;
  /** Ends the process; the data stays for another `startTestBackend({ home })`. */
  stop(): Promise<void>;
  /** Ends the process and removes the data. */
  dispose(): Promise<void>;
}

/** How a test wants its backend. */
export interface TestBackendPlan {
  /** What the deployment is to find in its environment, on top of the secrets. */
  readonly environment?: Environment;
  /** A state folder of an earlier backend, to go on with; a fresh one otherwise. */
  readonly home?: Home;
}

/** Starts the embedded backend on free ports with `convex/` pushed to it. */
export async function startTestBackend({ environment = {}, home }: TestBackendPlan = {}): Promise<TestBackend> {
  const own = home ?? (await freshHome());
  const children = new Set<Child>();
  const secrets = await readSecrets(own.secrets, environment);
  const backend = await bringUp(own, secrets, environment, {
    add: (child) => void children.add(child),
    remove: (child) => void children.delete(child),
  });
  const stop = async () => {
    for (const child of children) await child.stop(graceMs);
  };
  return {
    url: backend.url,
    siteUrl: `http://127.0.0.1:${backend.sitePort}`,
    home: own,
    secrets,
    child: backend.child,
    stop,
    async dispose() {
      await stop();
      rmSync(own.folder, { recursive: true, force: true });
    },
  };
}

async function bringUp(home: Home, secrets: Secrets, environment: Environment, children: Children): Promise<Backend> {
  const first = 40_000 + Math.floor(Math.random() * 20_000);
  const backend = await startBackend(
    { root, home, adminKey: secrets.adminKey, preferred: { backend: first, site: first + 1 }, reserved: [] },
    children,
  );
  const changes = deploymentEnvironment(environment, secrets, [backend.port, backend.sitePort]);
  await setDeploymentEnvironment(backend.url, secrets.adminKey, changes);
  const facts = authConfigFacts(environment, secrets);
  await pushFunctions({ root, home, url: backend.url, secrets, facts }, children);
  await takeUpWork(backend.url, secrets.adminKey);
  return backend;
}

/**
 * A state folder in which `convex/` is pushed already. The push is made once for the sources as they are and
 * copied from then on, by this run and by later ones.
 */
async function freshHome(): Promise<Home> {
  const cache = path.join(root, ".lineartime", "locks");
  const prefix = "pushed-";
  const template = path.join(cache, `${prefix}${pushedContents(root).slice(0, 16)}`);
  mkdirSync(cache, { recursive: true, mode: 0o700 });
  const lock = await waitForLock(path.join(cache, "push"));
  try {
    if (!existsSync(template)) {
      for (const old of readdirSync(cache).filter((name) => name.startsWith(prefix))) rmSync(path.join(cache, old), { recursive: true });
      await makeTemplate(`${template}.new`);
      renameSync(`${template}.new`, template);
    }
    const folder = mkdtempSync(path.join(tmpdir(), "lineartime-home-"));
    cpSync(template, folder, { recursive: true });
    return openHome(folder);
  } finally {
    lock.release();
  }
}

async function makeTemplate(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  const home = openHome(folder);
  const children = new Set<Child>();
  const secrets = await readSecrets(home.secrets, {});
  try {
    await bringUp(home, secrets, {}, { add: (child) => void children.add(child), remove: (child) => void children.delete(child) });
  } finally {
    for (const child of children) await child.stop(graceMs);
  }
}
