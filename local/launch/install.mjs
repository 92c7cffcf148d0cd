import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { waitForLock } from "./lock.mjs";

const leash = pathToFileURL(fileURLToPath(new URL("./leash.mjs", import.meta.url))).href;

/**
 * Makes `node_modules` what package-lock.json says, with `npm ci`, when it is not already.
 * @param {string} root the project's folder
 * @param {import("./progress.mjs").Progress} progress
 */
export async function ensureInstalled(root, progress) {
  if (isInstalled(root)) return;
  await progress.step("Packages", async (note) => {
    const locks = path.join(root, ".lineartime", "locks");
    mkdirSync(locks, { recursive: true, mode: 0o700 });
    const lock = await waitForLock(path.join(locks, "install"), ({ pid }) =>
      note(`waited for process ${pid}, which was installing`),
    );
    try {
      if (isInstalled(root)) return;
      await runNpmCi(root);
      writeFileSync(markOf(root), lockHash(root));
      note("installed from package-lock.json");
    } finally {
      lock.release();
    }
  });
}

const markOf = (root) => path.join(root, "node_modules", ".lineartime-lock");
const lockHash = (root) => createHash("sha256").update(readFileSync(path.join(root, "package-lock.json"))).digest("hex");

/**
 * Whether `node_modules` agrees with package-lock.json: our mark says so, or, when somebody ran npm by hand,
 * npm's own record of what it installed does.
 */
function isInstalled(root) {
  const mark = markOf(root);
  if (existsSync(mark) && readFileSync(mark, "utf8") === lockHash(root)) return true;
  const record = path.join(root, "node_modules", ".package-lock.json");
  if (!existsSync(record)) return false;
  const wanted = JSON.parse(readFileSync(path.join(root, "package-lock.json"), "utf8")).packages;
  if (!agrees(wanted, JSON.parse(readFileSync(record, "utf8")).packages)) return false;
  writeFileSync(mark, lockHash(root));
  return true;
}

/**
 * Whether everything wanted is there in the wanted version and nothing else is. Optional packages may be
 * missing: those for other systems always are.
 * @param {Record<string, {version?: string, optional?: boolean, devOptional?: boolean, peer?: boolean}>} wanted
 * @param {Record<string, {version?: string}>} found
 */
export function agrees(wanted, found) {
  const complete = Object.entries(wanted).every(([where, { version, optional, devOptional }]) => {
    if (where === "") return true;
    const there = found[where];
    return there === undefined ? optional === true || devOptional === true : there.version === version;
  });
  return complete && Object.keys(found).every((where) => where in wanted);
}

/** Runs `npm ci`; development packages too, whatever NODE_ENV says: the build needs them. */
async function runNpmCi(root) {
  const flags = ["ci", "--include=dev", "--include=optional", "--no-audit", "--no-fund"];
  const cli = findNpm();
  const child =
    cli === undefined
      ? spawn("npm", flags, { cwd: root, stdio: ["ignore", "pipe", "pipe"], shell: process.platform === "win32" })
      : spawn(process.execPath, ["--import", leash, cli, ...flags], {
          cwd: root,
          stdio: ["ignore", "pipe", "pipe"],
          env: { ...process.env, LINEARTIME_LEASH: String(process.pid) },
        });
  let output = "";
  const collect = (chunk) => {
    output = (output + chunk).slice(-20_000);
  };
  child.stdout.on("data", collect);
  child.stderr.on("data", collect);
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0) {
    const error = new Error(`${output.trim()}\n\nnpm ci failed (exit code ${code}): the packages could not be installed.`);
    error.expected = true;
    throw error;
  }
}

/** The npm that runs us, or the one that came with this Node; undefined when only the PATH can tell. */
function findNpm() {
  const running = process.env.npm_execpath;
  if (running !== undefined && path.basename(running) === "npm-cli.js") return running;
  const bundled = path.resolve(path.dirname(process.execPath), "../lib/node_modules/npm/bin/npm-cli.js");
  return existsSync(bundled) ? bundled : undefined;
}
