import { spawn, type ChildProcess } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { ConvexClient, ConvexHttpClient } from "convex/browser";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import WebSocket from "ws";
import { programFolder } from "../program";

export const ADMIN_KEY = "an-admin-key-for-tests-only";
const HERE = dirname(fileURLToPath(import.meta.url));
const REPOSITORY = dirname(dirname(dirname(HERE)));
const GUARD = join(HERE, "loopback-guard.mjs");
const CLI = join(dirname(createRequire(import.meta.url).resolve("convex/package.json")), "bin", "main.js");
const PATIENCE_MS = 20_000;
const POLL_MS = 10;

/** Calls `read` until `accept` takes its result. Rejects, with the last result, after twenty seconds. */
export async function eventually<T>(read: () => Promise<T> | T, accept: (value: T) => boolean): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const value = await read();
    if (accept(value)) return value;
    if (Date.now() > deadline) throw new Error(`Still not so: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** What a call failed with, or "succeeded". */
export function messageOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => "succeeded",
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}

export interface RunningBackend {
  url: string;
  process: ChildProcess;
  output: () => string;
  /** Sends a signal and waits for the end; resolves to the exit code, null when the signal ended it. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/**
 * Starts the backend as a process of its own on a free loopback port (or the given one). With `largestFileKb` the disk is full,
 * for each file, at that size.
 */
export async function startProcess(dataFolder: string, port = 0, functionLimitMs = 1500, largestFileKb?: number): Promise<RunningBackend> {
  const command = [
    process.execPath, join(await programFolder(), "main.mjs"),
    "--data", dataFolder, "--port", String(port), "--function-limit-ms", String(functionLimitMs),
  ];
  // POSIX: the limit counts blocks of 512 bytes.
  const limited = largestFileKb === undefined ? command : ["/bin/sh", "-c", `ulimit -f ${largestFileKb * 2}; exec "$@"`, "sh", ...command];
  const child = spawn(
    limited[0] ?? "",
    limited.slice(1),
    // A machine far from UTC: pushed code must not notice.
    { cwd: REPOSITORY, env: { ...cleanEnvironment(), TZ: "Pacific/Apia", LINEARTIME_ADMIN_KEY: ADMIN_KEY }, stdio: ["ignore", "pipe", "pipe"] },
  );
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const url = await Promise.race([
    eventually(() => /^ready (\S+)$/m.exec(output)?.[1] ?? "", (found) => found !== ""),
    ended.then((code) => Promise.reject(new Error(`The backend ended with ${code}: ${output}`))),
  ]);
  return {
    url,
    process: child,
    output: () => output,
    stop: (signal = "SIGTERM") => {
      child.kill(signal);
      return ended;
    },
  };
}

export interface CliResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** The stock CLI at work against a backend. */
interface RunningCli {
  said: { stdout: string; stderr: string };
  /** Its exit code, null when a signal ended it. */
  ended: Promise<number | null>;
  /** Ends it, if it does not end by itself. */
  stop(): void;
}

/** Starts the stock CLI. Nothing it does may leave loopback: the guard tells in `stderr`. */
export function startCli(backend: { url: string }, folder: string, ...args: string[]): RunningCli {
  const child = spawn(process.execPath, ["--import", GUARD, CLI, ...args], {
    cwd: folder,
    env: {
      ...cleanEnvironment(),
      CI: "1",
      CONVEX_SELF_HOSTED_URL: backend.url,
      CONVEX_SELF_HOSTED_ADMIN_KEY: ADMIN_KEY,
      CONVEX_VERSION_API_ORIGIN: backend.url,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk: Buffer) => (said.stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (said.stderr += chunk.toString()));
  return { said, ended: new Promise((resolve) => child.once("close", resolve)), stop: () => void child.kill("SIGKILL") };
}

/** Runs a command of the stock CLI to its end. Rejects when it tried to leave this machine. */
export async function cli(backend: { url: string }, folder: string, ...args: string[]): Promise<CliResult> {
  const { said, ended } = startCli(backend, folder, ...args);
  const code = await ended;
  const { stdout, stderr } = said;
  if (stderr.includes("GUARD refused")) throw new Error(`The CLI tried to leave this machine: ${stderr}`);
  return { code, stdout, stderr };
}

/** Pushes a project; rejects with the CLI's words when it is refused. */
export async function push(backend: { url: string }, folder: string): Promise<void> {
  const { code, stderr } = await cli(backend, folder, "deploy", "--typecheck", "disable", "--codegen", "disable", "-y");
  if (code !== 0) throw new Error(`The push was refused: ${stderr}`);
}

/** A copy of an app that a test may change: one that lies beside this file, by its name, or another, by its path. */
export function copyProject(into: string, app = "app"): string {
  const folder = join(into, "project");
  cpSync(resolve(HERE, app), folder, { recursive: true });
  symlinkSync(join(REPOSITORY, "node_modules"), join(folder, "node_modules"));
  return folder;
}

export interface World {
  root: string;
  data: string;
  project: string;
  backend: RunningBackend;
  signer: Signer;
  /** Ends the process and starts another over the same data, on the same port. */
  restart(signal: NodeJS.Signals): Promise<void>;
  http(token?: string): ConvexHttpClient;
  live(): ConvexClient;
  end(): Promise<void>;
}

/** A running backend with a fixture pushed to it, after `prepare` has had its way with the copy. Call `end` when done. */
export async function startWorld(fixture: "app" | "components" = "app", prepare: (project: string) => void = () => undefined): Promise<World> {
  const root = mkdtempSync(join(tmpdir(), "backend-"));
  const data = join(root, "data");
  const project = copyProject(root, fixture);
  const signer = await createSigner();
  const clients: ConvexClient[] = [];
  const world: World = {
    root,
    data,
    project,
    signer,
    backend: await startProcess(data),
    restart: async (signal) => {
      const { port } = new URL(world.backend.url);
      await world.backend.stop(signal);
      world.backend = await startProcess(data, Number(port));
    },
    http: (token) => new ConvexHttpClient(world.backend.url, { logger: false, ...(token === undefined ? {} : { auth: token }) }),
    live: () => {
      // The ws package has the shape of a browser's WebSocket, which is all the client asks of it.
      const client = new ConvexClient(world.backend.url, { webSocketConstructor: WebSocket as unknown as typeof globalThis.WebSocket, logger: false, unsavedChangesWarning: false });
      clients.push(client);
      return client;
    },
    end: async () => {
      await Promise.all(clients.map((client) => client.close()));
      await world.backend.stop("SIGKILL");
      rmSync(root, { recursive: true, force: true });
    },
  };
  await setEnvironment(world.backend, { FIXTURE_JWKS: signer.jwks });
  prepare(project);
  await push(world.backend, project);
  return world;
}

/** Sets variables of the deployment over HTTP, as the CLI does. */
export async function setEnvironment(backend: { url: string }, variables: Record<string, string | null>): Promise<Response> {
  return fetch(`${backend.url}/api/update_environment_variables`, {
    method: "POST",
    headers: { Authorization: `Convex ${ADMIN_KEY}`, "Content-Type": "application/json" },
    body: JSON.stringify({ changes: Object.entries(variables).map(([name, value]) => ({ name, value })) }),
  });
}

export interface Signer {
  jwks: string;
  /** A token of the fixture's issuer; `seconds` until it ends, `claims` besides the standard ones. */
  sign(subject: string, seconds?: number, claims?: Record<string, string>): Promise<string>;
}

/** Signs tokens with a key of its own (ES256). */
export async function createSigner(): Promise<Signer> {
  const { privateKey, publicKey } = await generateKeyPair("ES256");
  const key = { ...(await exportJWK(publicKey)), kid: "test", alg: "ES256", use: "sig" };
  return {
    jwks: `data:application/json;base64,${Buffer.from(JSON.stringify({ keys: [key] })).toString("base64")}`,
    sign: (subject, seconds = 3600, claims = {}) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: "ES256", kid: "test" })
        .setIssuer("https://issuer.test")
        .setAudience("fixture")
        .setSubject(subject)
        .setIssuedAt()
        .setExpirationTime(Math.floor(Date.now() / 1000) + seconds)
        .sign(privateKey),
  };
}

/** Of this process's environment only what starting a program takes: nobody's Convex variables get in. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, LANG } = process.env;
  return { NODE_ENV: "test", PATH, HOME, TMPDIR, LANG };
}
