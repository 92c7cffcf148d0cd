import path from "node:path";
import { defaultOf } from "../../lib/environment/defaults";
import { buildPages } from "./build";
import type { Child } from "./child";
import { startEmbedded } from "./embedded";
import { holdHome, openHome, type Home } from "./home";
import { labelled } from "./labelled";
import { describePort, preferredPorts, rememberPorts } from "./ports";
import type { Progress } from "./progress.mjs";
import { readSettings, type Settings } from "./settings";
import { createShutdown, type Shutdown } from "./shutdown";
import { signInOfWeb } from "./sign-in";
import { StartError } from "./start-error";
import { watchParent } from "./watch-parent";
import { startWeb, type WebEnvironment } from "./web";

/** What `local/start.mjs` hands over once everything is installed. */
export interface Launch {
  readonly root: string;
  readonly progress: Progress;
  /** `develop` follows every change of the sources (`npm run dev`); `serve` builds once (`npm start`). */
  readonly mode: "serve" | "develop";
}

/**
 * Brings the product up and keeps it up until somebody stops it. When a part ends by itself everything is
 * stopped, with exit code 1: the data is safe, and a restart in secret would only hide what went wrong.
 */
export async function launch({ root, progress, mode }: Launch): Promise<void> {
  const { shutdown, onSignal } = createShutdown({
    exit: (code) => process.exit(code),
    now: () => performance.now(),
    say: progress.say,
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, onSignal);
  watchParent(() => void shutdown.stop(0));
  try {
    await bringUp({ root, progress, mode }, shutdown);
  } catch (error) {
    // A step that fails because we are stopping is not a failure.
    if (shutdown.stopping) return;
    console.error(error instanceof StartError ? `\n${error.message}` : error);
    await shutdown.stop(1);
  }
}

async function bringUp({ root, progress, mode }: Launch, shutdown: Shutdown): Promise<void> {
  const settings = readSettings(root, process.env);
  const home = openHome(settings.home);
  const lock = holdHome(home);
  shutdown.atEnd(() => lock.release());
  const ports = preferredPorts(home.ports, settings.environment);

  const watch = mode === "develop";
  const embedded =
    settings.backend === "embedded" ? await startEmbedded({ settings, home, ports, progress, watch }, shutdown) : undefined;
  if (!watch) await bringPagesUpToDate(root, home, progress, shutdown);
  const web = await progress.step("Web server", async (note) => {
    const started = await startWeb(
      {
        root,
        home,
        environment: embedded?.webEnvironment ?? externalWebEnvironment(settings),
        preferredPort: embedded?.webPort ?? ports.web,
        reserved: embedded === undefined ? [] : Object.values(embedded.ports),
        ...(watch ? { command: "dev", onLine: labelled(progress, "pages ") } : { command: "start" }),
      },
      shutdown,
    );
    await embedded?.webIsAt(started.port);
    note(describePort(ports.web, started.port));
    return started;
  });
  rememberPorts(home.ports, { ...ports, ...embedded?.ports, web: web.port });
  lock.describe({ url: web.url });
  stopWhenOneEnds([web.child, ...(embedded?.children ?? [])], progress, shutdown);
  announce(web.url, embedded?.sandboxUrl ?? null, settings, progress);
}

async function bringPagesUpToDate(root: string, home: Home, progress: Progress, shutdown: Shutdown): Promise<void> {
  await progress.step("Pages", async (note) => {
    const outcome = await buildPages(
      { root, logFile: path.join(home.logs, "build.log"), onWait: (pid) => note(`waited for process ${pid}, which was building`) },
      shutdown,
    );
    if (outcome === "unchanged") note("unchanged");
  });
}

/** With a deployment of one's own the environment says everything; it has been checked. */
function externalWebEnvironment({ environment }: Settings): WebEnvironment {
  return {
    CONVEX_URL: environment.CONVEX_URL ?? "",
    GOOGLE_SANDBOX_URL: "",
    ...(environment.APP_URL === undefined ? {} : { APP_URL: environment.APP_URL }),
    LINEARTIME_SERVER_SECRET: environment.LINEARTIME_SERVER_SECRET ?? "",
    HEALTH_TOKEN: environment.HEALTH_TOKEN ?? "",
    ...signInOfWeb(environment, {
      privateKey: environment.LOCAL_AUTH_PRIVATE_KEY ?? "",
      issuer: environment.LOCAL_AUTH_ISSUER ?? defaultOf("LOCAL_AUTH_ISSUER"),
    }),
  };
}

function stopWhenOneEnds(children: readonly Child[], progress: Progress, shutdown: Shutdown): void {
  for (const child of children) {
    void child.exited.then(({ code, signal }) => {
      if (shutdown.stopping) return;
      progress.say(`\n${child.tail()}\n\n${child.name} ended unexpectedly (${signal ?? `exit code ${code}`}). Its log: ${child.logFile}`);
      progress.say("Everything is being stopped. No data is lost: npm start goes on from here.");
      return shutdown.stop(1);
    });
  }
}

function announce(url: string, sandboxUrl: string | null, settings: Settings, progress: Progress): void {
  const sandbox = sandboxUrl === null ? "" : `  Google sandbox: ${sandboxUrl} — a stand-in, because no keys of Google's are set.\n`;
  progress.say(`
  LinearTime is ready after ${progress.elapsed()}:

      ${url}

${sandbox}  State and logs: ${settings.home}
  Ctrl-C stops it.
`);
}
