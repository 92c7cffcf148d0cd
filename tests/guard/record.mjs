import { appendFileSync } from "node:fs";

/**
 * Notes an attempt to leave this machine in the file that the test run looks at when it is done, and makes
 * the error that whoever tried is given.
 * @param {string} kind what was tried: "connect", "lookup", "datagram"
 * @param {unknown} target
 */
export function refusal(kind, target) {
  const error = Object.assign(new Error(`The network guard refused: ${kind} ${String(target)}`), { code: "ECONNREFUSED" });
  const file = process.env.LINEARTIME_GUARD_RECORD;
  const entry = {
    kind,
    target: String(target),
    process: process.argv.slice(1, 4).join(" "),
    from: (error.stack ?? "").split("\n").slice(2, 8).map((line) => line.trim()),
  };
  if (file) appendFileSync(file, `${JSON.stringify(entry)}\n`);
  else process.stderr.write(`${error.message}\n`);
  return error;
}

/** The answer for a name that cannot exist. */
export const notFound = (target) =>
  Object.assign(new Error(`getaddrinfo ENOTFOUND ${target}`), { code: "ENOTFOUND", errno: -3008, syscall: "getaddrinfo", hostname: target });
