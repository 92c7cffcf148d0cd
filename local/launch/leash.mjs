// Preloaded into every process that we start (node --import): ends it when its parent is gone, also when
// the parent was killed and could not say so. Worker threads end with their process and need no leash.
import { isMainThread } from "node:worker_threads";

const intervalMs = 250;
const graceMs = 3_000;

if (isMainThread) {
  // The parent names itself, so that one that died before this line ran is noticed too. Children of this
  // process that inherit the preload have another parent.
  const parent = Number(process.env.LINEARTIME_LEASH ?? process.ppid);
  delete process.env.LINEARTIME_LEASH;
  const watch = setInterval(() => {
    if (process.ppid === parent && exists(parent)) return;
    clearInterval(watch);
    setTimeout(() => process.kill(process.pid, "SIGKILL"), graceMs).unref();
    process.kill(process.pid, "SIGTERM");
  }, intervalMs);
  watch.unref();
}

/** @param {number} pid */
function exists(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
