import path from "node:path";
import { buildPages } from "./build";
import { createShutdown } from "./shutdown";
import { StartError } from "./start-error";

/** Builds the pages of `root` unless the build is up to date, shows the output, and ends this process. */
export async function buildOnly(root: string): Promise<void> {
  const { shutdown, onSignal } = createShutdown({
    exit: (code) => process.exit(code),
    now: () => performance.now(),
    say: console.log,
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, onSignal);
  const logFile = path.join(root, ".lineartime", "locks", "build.log");
  try {
    const outcome = await buildPages({ root, logFile, echo: true }, shutdown);
    if (outcome === "unchanged") console.log("The pages are built already, from just these sources.");
    await shutdown.stop(0);
  } catch (error) {
    // The output has been shown as it came.
    console.error(error instanceof StartError ? error.message.split("\n").at(-1) : error);
    await shutdown.stop(1);
  }
}
