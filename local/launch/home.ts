import { chmodSync, mkdirSync } from "node:fs";
import path from "node:path";
import { takeLock, type HeldLock } from "./lock.mjs";
import { StartError } from "./start-error";

/** Where things are in the state folder. */
export interface Home {
  readonly folder: string;
  /** The embedded backend's data. */
  readonly backend: string;
  /** What the stand-ins for the providers keep. */
  readonly sandbox: string;
  readonly logs: string;
  readonly secrets: string;
  /** The ports of the last start. */
  readonly ports: string;
  /** Address and key of the embedded backend for the Convex command line (`--env-file`). */
  readonly convexEnv: string;
}

/** Makes the state folder if need be; only its owner can read it, whatever it was before. */
export function openHome(folder: string): Home {
  const home: Home = {
    folder,
    backend: path.join(folder, "backend"),
    sandbox: path.join(folder, "sandbox"),
    logs: path.join(folder, "logs"),
    secrets: path.join(folder, "secrets.json"),
    ports: path.join(folder, "ports.json"),
    convexEnv: path.join(folder, "convex.env"),
  };
  for (const each of [home.folder, home.backend, home.sandbox, home.logs]) mkdirSync(each, { recursive: true, mode: 0o700 });
  chmodSync(home.folder, 0o700);
  return home;
}

/** Makes this process the only one that uses the state folder. Throws a StartError when another one does. */
export function holdHome(home: Home): HeldLock {
  const taking = takeLock(path.join(home.folder, "lock"));
  if (taking.kind === "taken") return taking;
  const { pid, url } = taking.holder;
  throw new StartError(
    typeof url === "string"
      ? `LinearTime is already running at ${url} (process ${pid}, state folder ${home.folder}).`
      : `LinearTime is already starting (process ${pid}, state folder ${home.folder}).`,
  );
}
