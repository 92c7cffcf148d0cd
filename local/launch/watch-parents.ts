import { readFileSync } from "node:fs";

const intervalMs = 250;

/** A process and, as far as it counts, whoever started it. */
interface Link {
  readonly pid: number;
  readonly parent: number;
}

/**
 * Calls `onGone` once when whoever started us is gone. npm starts scripts through a shell that may stay in
 * between: when npm alone is ended that shell lives on, so under npm the shell's own parent is watched as
 * well (where the system tells who it is).
 */
export function watchParents(onGone: () => void): void {
  const link: Link = { pid: process.pid, parent: process.ppid };
  const shell = process.env.npm_lifecycle_event === undefined ? undefined : shellLink(link.parent);
  const watch = setInterval(() => {
    const orphaned = process.ppid !== link.parent || (shell !== undefined && parentOf(shell.pid) !== shell.parent);
    if (!orphaned) return;
    clearInterval(watch);
    onGone();
  }, intervalMs);
  watch.unref();
}

/** The shell between npm and us, if there is one; npm itself when the shell made way for us. */
function shellLink(pid: number): Link | undefined {
  const parent = parentOf(pid);
  return parent !== undefined && isShell(pid) ? { pid, parent } : undefined;
}

function isShell(pid: number): boolean {
  try {
    return /^(?:sh|dash|bash|zsh|ash|busybox)$/.test(readFileSync(`/proc/${pid}/comm`, "utf8").trim());
  } catch {
    return false;
  }
}

/** Field 4 of Linux's account of a process; undefined elsewhere or when it is gone. */
function parentOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return undefined;
  }
}
