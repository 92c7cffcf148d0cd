import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MARA } from "./seed/people";

const MAIN = fileURLToPath(new URL("main.ts", import.meta.url));
let folder: string;
let child: ChildProcess | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "sandbox-"));
});
afterEach(async () => {
  child?.kill("SIGKILL");
  await rm(folder, { recursive: true, force: true });
});

/** Starts the process; resolves to what it printed and to its address, or to how it ended. */
async function start(...more: string[]): Promise<{ lines: string[]; url: string }> {
  child = spawn(process.execPath, ["--import", "tsx", MAIN, "--data", folder, "--port", "0", ...more], { stdio: ["ignore", "pipe", "inherit"] });
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout ?? process.stdin })) {
    lines.push(line);
    if (line.startsWith("ready ")) return { lines, url: line.slice(6) };
  }
  throw new Error(`The sandbox did not start: ${lines.join("\n")}`);
}

async function stop(): Promise<number | null> {
  child?.kill("SIGTERM");
  const [code] = (await once(child as ChildProcess, "exit")) as [number | null];
  return code;
}

const events = (url: string) => `${url}/control/google/calendars/${MARA.email}/events`;
const titles = async (url: string) => ((await (await fetch(events(url))).json()) as { events: { summary?: string }[] }).events.map(({ summary }) => summary);

describe("the sandbox as a process", () => {
  it("keeps its state over a restart, and ends in good order on SIGTERM", async () => {
    const first = await start("--today", "2026-03-10");
    await fetch(events(first.url), { method: "POST", body: JSON.stringify({ summary: "Kept", start: { date: "2026-03-10" }, end: { date: "2026-03-11" } }) });
    await fetch(`${first.url}/control/faults`, { method: "POST", body: JSON.stringify({ match: "calendar.*", effect: { do: "status", status: 500 } }) });
    const before = await titles(first.url);
    expect(await stop()).toBe(0);

    const second = await start("--today", "2026-07-01");
    expect(await titles(second.url)).toEqual(before);
    expect(before).toContain("Kept");
    expect(await (await fetch(`${second.url}/control/faults`)).json()).toMatchObject({ faults: [{ match: "calendar.*" }] });
    expect(await stop()).toBe(0);
  });

  it("sets a state that cannot be read aside and says so", async () => {
    await writeFile(join(folder, "sandbox.json"), "{ half a");
    const { lines } = await start();
    expect(lines[0]).toContain("could not be read");
    expect(await readFile(join(folder, "sandbox.json.unreadable"), "utf8")).toBe("{ half a");
    await stop();
  });
});
