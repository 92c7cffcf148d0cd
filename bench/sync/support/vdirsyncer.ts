import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Radicale } from "../../../tests/support/radicale";

const COMMAND = "vdirsyncer";
const MANY_LINES = "y\n".repeat(100);

/** Its version, such as `vdirsyncer, version 0.19.0`; null where it is not installed (Debian: `apt-get install vdirsyncer`). */
export function vdirsyncerVersion(): string | null {
  const { status, stdout } = spawnSync(COMMAND, ["--version"], { encoding: "utf8" });
  return status === 0 ? stdout.trim() : null;
}

/**
 * Reads every calendar of a server for the first time, into a fresh folder of files. Returns the milliseconds of `sync` alone
 * (it was told of the calendars before), its start included, and how many objects there are then.
 */
export function readWithVdirsyncer({ url, user, password }: Radicale): { tookMs: number; objects: number } {
  const folder = mkdtempSync(path.join(tmpdir(), "lineartime-vdirsyncer-"));
  try {
    const [config, files] = [path.join(folder, "config"), path.join(folder, "files")];
    mkdirSync(files);
    writeFileSync(config, configuration({ folder, files, url, user, password }));
    run(["--config", config, "discover", "bench"]);
    const began = performance.now();
    run(["--config", config, "sync", "bench"]);
    const tookMs = performance.now() - began;
    const objects = readdirSync(files, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ics")).length;
    return { tookMs, objects };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(args: readonly string[]): void {
  const { status, stdout, stderr, error } = spawnSync(COMMAND, args, { input: MANY_LINES, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`vdirsyncer ended with ${status}: ${`${stdout}${stderr}`.slice(-2_000)}`);
}

const configuration = ({ folder, files, url, user, password }: { folder: string; files: string; url: string; user: string; password: string }) => `[general]
status_path = "${path.join(folder, "status")}"
[pair bench]
a = "local"
b = "remote"
collections = ["from b"]
[storage local]
type = "filesystem"
path = "${files}"
fileext = ".ics"
[storage remote]
type = "caldav"
url = "${url}/"
username = "${user}"
password = "${password}"
`;
