import { startBackend } from "./backend";
import type { Child } from "./child";
import { writeConvexEnvFiles } from "./convex-env-files";
import { deploymentEnvironment, setDeploymentEnvironment } from "./deployment-environment";
import type { Home } from "./home";
import { labelled } from "./labelled";
import { describePort, freePort, type Ports } from "./ports";
import type { Progress } from "./progress.mjs";
import { pushFunctions } from "./push";
import { startSandbox, wantsSandbox, withLocalCallbacks, withSandbox } from "./sandbox";
import { readSecrets } from "./secrets";
import type { Settings } from "./settings";
import type { Shutdown } from "./shutdown";
import { authConfigFacts, signInOfWeb } from "./sign-in";
import { takeUpWork } from "./take-up-work";
import { watchFunctions } from "./watch-functions";
import type { WebEnvironment } from "./web";

/** What it takes to bring up the embedded deployment. */
export interface EmbeddedPlan {
  readonly settings: Settings;
  readonly home: Home;
  /** The ports to try first. */
  readonly ports: Ports;
  readonly progress: Progress;
  /** Pushes `convex/` again whenever it changes. */
  readonly watch: boolean;
}

/** The embedded deployment, with its functions. */
export interface Embedded {
  /** The backend, the sandbox, and whoever watches `convex/`. */
  readonly children: readonly Child[];
  readonly webEnvironment: WebEnvironment;
  /** The port that the deployment believes the web server to have. */
  readonly webPort: number;
  /** The ports that are in use by now, apart from the web server's. */
  readonly ports: Omit<Ports, "web">;
  /** Address of the stand-in for Google; null where there is none. */
  readonly sandboxUrl: string | null;
  /** Tells the deployment where the web server really is. */
  webIsAt(port: number): Promise<void>;
}

/** Starts the embedded backend, gives it its variables and pushes `convex/` to it. */
export async function startEmbedded({ settings, home, ports, progress, watch }: EmbeddedPlan, shutdown: Shutdown): Promise<Embedded> {
  const { root } = settings;
  const secrets = await readSecrets(home.secrets, settings.environment);
  const webPort = await freePort(ports.web);
  const backend = await progress.step("Backend", async (note) => {
    const started = await startBackend(
      { root, home, adminKey: secrets.adminKey, preferred: ports, reserved: [webPort] },
      shutdown,
    );
    note(`${describePort(ports.backend, started.port)} and ${describePort(ports.site, started.sitePort)}`);
    return started;
  });
  const sandbox = wantsSandbox(settings.environment)
    ? await progress.step("Google sandbox", async (note) => {
        const reserved = [webPort, backend.port, backend.sitePort];
        const started = await startSandbox({ root, home, preferredPort: ports.sandbox, reserved }, shutdown);
        note(describePort(ports.sandbox, started.port));
        return started;
      })
    : null;
  const environment = withSandbox(settings.environment, sandbox?.url);
  const ownPorts = [backend.port, backend.sitePort, ...(sandbox === null ? [] : [sandbox.port])];
  const setEnvironment = (web: number) =>
    setDeploymentEnvironment(
      backend.url,
      secrets.adminKey,
      deploymentEnvironment(withLocalCallbacks(environment, web), secrets, [web, ...ownPorts]),
    );
  const watcher = await progress.step("Functions", async (note) => {
    await setEnvironment(webPort);
    const target = { root, home, url: backend.url, secrets };
    const watching = watch ? await watchFunctions({ ...target, onLine: labelled(progress, "convex") }, shutdown) : undefined;
    if (!watch && (await pushFunctions({ ...target, facts: authConfigFacts(environment, secrets) }, shutdown)) === "unchanged") note("unchanged");
    await takeUpWork(backend.url, secrets.adminKey);
    return watching;
  });
  const envLocal = writeConvexEnvFiles(root, home, backend.url, secrets.adminKey, environment.LINEARTIME_ENV_LOCAL ?? "write");
  if (envLocal === "taken-by-own-lines") {
    progress.say(`    .env.local names a deployment of yours: for this one, npx convex … --env-file ${home.convexEnv}`);
  }
  return {
    children: [backend.child, sandbox?.child, watcher].filter((child) => child !== undefined),
    webPort,
    ports: { backend: backend.port, site: backend.sitePort, sandbox: sandbox?.port ?? ports.sandbox },
    sandboxUrl: sandbox?.url ?? null,
    webEnvironment: {
      CONVEX_URL: backend.url,
      GOOGLE_SANDBOX_URL: environment.GOOGLE_SANDBOX_URL ?? "",
      ...(environment.APP_URL === undefined ? {} : { APP_URL: environment.APP_URL }),
      LINEARTIME_SERVER_SECRET: secrets.serverSecret,
      HEALTH_TOKEN: environment.HEALTH_TOKEN ?? "",
      ...signInOfWeb(environment, { privateKey: secrets.authPrivateKey, issuer: secrets.issuer }),
    },
    async webIsAt(port) {
      if (port !== webPort) await setEnvironment(port);
    },
  };
}
