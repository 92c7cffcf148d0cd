import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { dataFile, StoreFailure } from "./store";

const READER = fileURLToPath(new URL("./read-through.mjs", import.meta.url));

/** Says how the last orderly end left the store: what is otherwise was left, or made, by something else. */
function markOf(folder: string): string {
  return join(folder, "closed");
}

function stateOf(file: string): string {
  const { size, mtimeMs } = statSync(file);
  return `${size} ${mtimeMs}`;
}

/**
 * To be called before a store is opened. Unless it is as an orderly end left it every record is read once, in a process of its
 * own: a damaged file can end the process that reads it without a word. Rejects with {@link StoreFailure} when the data is damaged.
 */
export async function checkStore(folder: string): Promise<void> {
  const [file, mark] = [dataFile(folder), markOf(folder)];
  if (!existsSync(file) || (existsSync(mark) && readFileSync(mark, "utf8") === stateOf(file))) return;
  const { code, signal, said } = await readThrough(file);
  if (code === 0) return;
  const how = said === "" ? `reading it ended with ${signal ?? code}` : said;
  throw new StoreFailure(`The data in ${file} is damaged: ${how}. Put a copy of the file back, or delete it and import an export; nothing was changed.`);
}

/** To be called before anything is written. */
export function markInUse(folder: string): void {
  rmSync(markOf(folder), { force: true });
}

/** To be called once the store is closed. */
export function markClosed(folder: string): void {
  try {
    writeFileSync(markOf(folder), stateOf(dataFile(folder)));
  } catch {
    // On a disk that is full, say: then the next start reads everything once.
  }
}

function readThrough(file: string): Promise<{ code: number | null; signal: string | null; said: string }> {
  const child = spawn(process.execPath, [READER, file], { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve({ code, signal, said: said.trim().split("\n").at(-1) ?? "" }));
  });
}
