import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { startBackend, type Backend } from "../../local/backend/backend";
import { Store } from "../../local/backend/store/store";
import { ADMIN_KEY, copyProject, push, startProcess } from "../../local/backend/testing/harness";
import type { Measurement } from "../report";
import { measureLive } from "./live";
import { RawLmdb } from "./peers";
import { measureReads } from "./reads";
import { measureWrites } from "./writes";

const APP = join(dirname(fileURLToPath(import.meta.url)), "app");
const MB = 1024 * 1024;

/** The embedded backend beside raw LMDB and convex-test. Reads and writes are called in this process, live queries over sockets to another. */
export const bench = { ourName: "this backend", measure };

async function measure(note: (line: string) => void): Promise<Measurement[]> {
  const root = mkdtempSync(join(tmpdir(), "bench-"));
  try {
    const project = copyProject(root, APP);
    // The clients are in this process: they come first, before peers fill its heap.
    const served = await measureServing(root, project, note);
    return [...(await measureCalls(root, project, note)), ...served];
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

async function measureCalls(root: string, project: string, note: (line: string) => void): Promise<Measurement[]> {
  const dataFolder = join(root, "called");
  const backend: Backend = await startBackend({ dataFolder, port: 0, adminKey: ADMIN_KEY });
  const store = Store.open(join(dataFolder, "store"));
  const raw = new RawLmdb(root);
  try {
    await push(backend, project);
    return [...(await measureWrites(backend, raw)), ...(await measureReads(backend, store, raw, note))];
  } finally {
    await store.close();
    await backend.close();
    await raw.close();
  }
}

async function measureServing(root: string, project: string, note: (line: string) => void): Promise<Measurement[]> {
  const backend = await startProcess(join(root, "served"));
  try {
    await push(backend, project);
    const atRest = residentMb(backend.process.pid);
    const live = await measureLive(backend.url, note);
    const used = residentMb(backend.process.pid);
    return [
      ...live,
      { name: "memory with the app pushed", unit: "MB", ours: atRest, peers: {} },
      { name: "memory after these live queries", unit: "MB", ours: used, peers: {} },
    ];
  } finally {
    await backend.stop();
  }
}

/** What a process holds in memory, from Linux's /proc; NaN elsewhere. */
function residentMb(pid = 0): number {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return (Number(kilobytes) * 1024) / MB;
  } catch {
    return Number.NaN;
  }
}
