import { readFileSync, rmSync, statSync } from "node:fs";
import { createServer, type Server } from "node:net";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { leftOver, processesOf } from "../support/processes";
import { attemptStart, readHolder, startStack, temporaryHome, type Stack } from "../support/stack";

const home = temporaryHome();
const secretsFile = path.join(home, "secrets.json");
const started: Stack[] = [];
const occupied: Server[] = [];
let environment: Record<string, string>;

const start = async () => {
  const stack = await startStack(home, environment);
  started.push(stack);
  return stack;
};
const signIn = (url: string, way: "sign-up" | "sign-in") =>
  fetch(`${url}/api/auth/${way}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Origin: url },
    body: JSON.stringify({ email: "nora@example.com", password: "a long enough password", name: "Nora" }),
  });

/** Without a word. To the system, process 0 is everybody around: it must never come to that. */
function kill(found: { readonly pid: number } | undefined): void {
  if (found === undefined) throw new Error("There is no such process.");
  process.kill(found.pid, "SIGKILL");
}

function occupy(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen({ host: "127.0.0.1", port: 0 }, () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    });
    occupied.push(server);
  });
}

beforeAll(async () => {
  environment = {
    PORT: String(await occupy()),
    LINEARTIME_BACKEND_PORT: String(await occupy()),
    LINEARTIME_SITE_PORT: String(await occupy()),
  };
});
afterEach(async () => {
  for (const stack of started.splice(0)) await stack.stop();
});
afterAll(() => {
  for (const server of occupied) server.close();
  rmSync(home, { recursive: true, force: true });
});

// One state folder goes through all of it, in this order.
describe.runIf(process.platform === "linux")("npm start", () => {
  let firstSecrets: string;
  let firstUrl: string;

  it("steps over taken ports, says so, and shows the page", async () => {
    const stack = await start();
    for (const port of Object.values(environment)) expect(stack.output()).toContain(`port ${port} is taken: using`);
    expect((await fetch(stack.url)).status).toBe(200);
    expect((await signIn(stack.url, "sign-up")).ok).toBe(true);
    [firstSecrets, firstUrl] = [readFileSync(secretsFile, "utf8"), stack.url];
  });

  it("keeps its secrets from other people and from the screen", async () => {
    expect(statSync(home).mode & 0o777).toBe(0o700);
    expect(statSync(secretsFile).mode & 0o777).toBe(0o600);
    const stack = await start();
    const logs = ["backend", "web"].map((name) => readFileSync(path.join(home, "logs", `${name}.log`), "utf8"));
    for (const secret of Object.values(JSON.parse(firstSecrets) as Record<string, string>)) {
      for (const text of [stack.output(), ...logs]) expect(text).not.toContain(secret);
    }
  });

  it("starts again without building or pushing anew, at the same address, with the same secrets and accounts", async () => {
    environment = {};
    const stack = await start();
    expect(stack.output()).toMatch(/Functions.*unchanged[^]*Pages.*unchanged/);
    expect(stack.url).toBe(firstUrl);
    expect(readFileSync(secretsFile, "utf8")).toBe(firstSecrets);
    expect((await signIn(stack.url, "sign-in")).ok).toBe(true);
  });

  it("refuses a state folder that is in use and says where", async () => {
    const stack = await start();
    const second = attemptStart(home);
    expect(await second.ended).not.toBe(0);
    expect(second.output()).toContain(`LinearTime is already running at ${stack.url}`);
    expect((await fetch(stack.url)).status).toBe(200);
  });

  it.each(["SIGINT", "SIGTERM", "SIGHUP", "SIGKILL"] as const)("leaves no process behind when npm alone gets %s", async (signal) => {
    const stack = await start();
    expect(processesOf(home).length).toBeGreaterThan(2);
    stack.process.kill(signal);
    expect(await leftOver(home)).toEqual([]);
  });

  it("leaves no process behind when it is killed, and its lock is taken over", async () => {
    const stack = await start();
    kill(readHolder(home));
    expect(await leftOver(home)).toEqual([]);
    await stack.stop();
    await expect(start()).resolves.toBeDefined();
  });

  it("stops everything and says so when the backend dies", async () => {
    const stack = await start();
    const backend = processesOf(home).find(({ command }) => command.includes("embedded-backend"));
    kill(backend);
    expect(await leftOver(home)).toEqual([]);
    expect(stack.output()).toMatch(/The backend ended unexpectedly \(SIGKILL\)/);
    expect(await stack.stop()).toBe(1);
  });
});
