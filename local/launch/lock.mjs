import { randomUUID } from "node:crypto";
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";

/**
 * When a process was born, so that a process id used again is not taken for its former owner. Only Linux
 * tells; elsewhere the id alone has to do.
 * @param {number} pid
 */
export function birthOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // Field 22; the second field may hold blanks and brackets, so count from behind it.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
  } catch {
    return null;
  }
}

/** @param {import("./lock.mjs").Holder} holder */
export function isAlive({ pid, birth }) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== "EPERM") return false;
  }
  return birth === null || birthOf(pid) === birth;
}

/** @param {string} file */
function readHolder(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

/**
 * Takes a lock that is a file naming its holder, or tells who has it. A holder that no longer lives does not
 * count. The file appears complete, by a link, so nobody ever reads half of one.
 * @param {string} file
 * @param {Record<string, unknown>} details shown to whoever finds the lock taken
 * @returns {import("./lock.mjs").Taking}
 */
export function takeLock(file, details = {}) {
  const holder = { ...details, pid: process.pid, birth: birthOf(process.pid) };
  const own = `${file}.${process.pid}.${randomUUID()}`;
  const write = (content) => writeFileSync(own, JSON.stringify(content), { mode: 0o600 });
  write(holder);
  try {
    for (let round = 0; round < 20; round += 1) {
      try {
        linkSync(own, file);
        return {
          kind: "taken",
          describe(more) {
            write({ ...holder, ...more });
            renameSync(own, file);
          },
          release() {
            const found = readHolder(file);
            if (found?.pid === holder.pid && found.birth === holder.birth) rmSync(file, { force: true });
          },
        };
      } catch (error) {
        if (error.code !== "EEXIST") throw error;
      }
      const found = readHolder(file);
      if (found !== undefined && isAlive(found)) return { kind: "held", holder: found };
      putAside(file, own);
    }
    throw new Error(`The lock ${file} changes hands all the time.`);
  } finally {
    rmSync(own, { force: true });
  }
}

/** Moves a dead holder's file out of the way; if somebody alive took the lock meanwhile, it is put back. */
function putAside(file, own) {
  const aside = `${own}.aside`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (error.code === "ENOENT") return;
    throw error;
  }
  const moved = readHolder(aside);
  if (moved !== undefined && isAlive(moved)) {
    try {
      linkSync(aside, file);
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
  }
  rmSync(aside, { force: true });
}

/**
 * Takes a lock, waiting for its holder to let go of it.
 * @param {string} file
 * @param {(holder: import("./lock.mjs").Holder) => void} onWait told once, when there is something to wait for
 */
export async function waitForLock(file, onWait = () => {}) {
  for (let told = false; ; told = true) {
    const taking = takeLock(file);
    if (taking.kind === "taken") return taking;
    if (!told) onWait(taking.holder);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
