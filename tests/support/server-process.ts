import { spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";

const READY_WITHIN_MS = 20_000;
const STOP_WITHIN_MS = 3_000;
const WORDS = 20_000;

/** A server of a test's own, up and answering. It ends with the test run at the latest. */
export interface ServerProcess {
  /** Its last words. */
  log(): string;
  /** Asks it to end, and after three seconds does not ask any more. */
  stop(): Promise<void>;
}

/** What to run, and the address at which it answers once it is up. */
export interface ServerCommand {
  name: string;
  command: readonly string[];
  url: string;
  cwd?: string;
  env?: NodeJS.ProcessEnv;
}

/** Starts a server and waits until it answers HTTP. @throws with its last words where it does not within 20 seconds */
export async function startServerProcess({ name, command, url, cwd, env }: ServerCommand): Promise<ServerProcess> {
  const [program = "", ...args] = command;
  const server = spawn(program, args, { cwd, env, stdio: ["ignore", "ignore", "pipe"] });
  let words = "";
  const say = (text: string) => {
    words = (words + text).slice(-WORDS);
  };
  server.stderr.setEncoding("utf8").on("data", say);
  let over = false;
  const ended = new Promise<void>((resolve) => {
    const end = () => {
      over = true;
      resolve();
    };
    server.once("error", ({ message }) => {
      say(message);
      end();
    });
    server.once("exit", end);
  });
  const die = () => server.kill("SIGKILL");
  process.once("exit", die);
  const stop = async () => {
    process.removeListener("exit", die);
    server.kill("SIGTERM");
    const patience = setTimeout(die, STOP_WITHIN_MS);
    await ended;
    clearTimeout(patience);
  };

  const deadline = performance.now() + READY_WITHIN_MS;
  while (!(await fetch(url, { redirect: "manual" }).then(() => true, () => false))) {
    if (over || performance.now() > deadline) {
      await stop();
      throw new Error(`${name} did not start:\n${words}`);
    }
    await sleep(30);
  }
  return { log: () => words, stop };
}
