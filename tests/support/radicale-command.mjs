import { spawnSync } from "node:child_process";

/** A Python of one's own may hide the one that Debian's package belongs to. */
const candidates = [["radicale"], ["/usr/bin/python3", "-m", "radicale"], ["python3", "-m", "radicale"]];

/**
 * How Radicale is started here; undefined when it is not installed.
 * @returns {string[] | undefined}
 */
export function findRadicale() {
  return candidates.find(([command, ...args]) => spawnSync(command, [...args, "--version"], { stdio: "ignore" }).status === 0);
}
