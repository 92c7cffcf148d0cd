import { spawn } from "node:child_process";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { dataFile, StoreFailure } from "./store";

const READER = fileURLToPath(new URL("./read-through.mjs", import.meta.url));

/** Says that a backend is using the store, so that the next one knows whether it came to an orderly end. */
function markOf(folder: string): string {
  return join(folder, "in-use");
}

/**
 * To be called before a store is opened. After an end that was not orderly every record is read once, in a process of its own: a
 * damaged file can end the process that reads it without a word. Rejects with {@link StoreFailure} when the data is damaged.
 */
export async function checkStore(folder: string): Promise<void> {
  const file = dataFile(folder);
  if (!existsSync(markOf(folder)) || !existsSync(file)) return;
  const { code, signal, said } = await readThrough(file);
  if (code === 0) return;
  const how = said === "" ? `reading it ended with ${signal ?? code}` : said;
  throw new StoreFailure(`The data in ${file} is damaged: ${how}. Put a copy of the file back, or delete it and import an export; nothing was changed.`);
}

export function markInUse(folder: string): void {
  writeFileSync(markOf(folder), "");
}

/** To be called once the store is closed. */
export function unmarkInUse(folder: string): void {
  rmSync(markOf(folder), { force: true });
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
