import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { describePort, freePort, preferredPorts, rememberPorts } from "./ports";

let folder: string;
let file: string;
const servers: Server[] = [];
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "lineartime-ports-"));
  file = path.join(folder, "ports.json");
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

/** Takes a port that the system chooses. */
const takePort = (host: string) =>
  new Promise<number>((resolve) => {
    const server = createServer().listen({ host, port: 0 }, () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    });
    servers.push(server);
  });

describe("freePort", () => {
  it.each(["127.0.0.1", "0.0.0.0"])("steps over a port that is taken on %s", async (host) => {
    const taken = await takePort(host);
    expect(await freePort(taken)).toBeGreaterThan(taken);
  });

  it("steps over reserved ports", async () => {
    const free = await freePort(45_000);
    expect(await freePort(free, [free, free + 1])).toBeGreaterThan(free + 1);
  });
});

describe("preferredPorts", () => {
  it("are the usual ones at first", () => {
    expect(preferredPorts(file, {})).toEqual({ web: 3000, backend: 3210, site: 3211, sandbox: 3220 });
  });

  it("are those of the last start, and those that were asked for go first", () => {
    rememberPorts(file, { web: 3005, backend: 3220, site: 3221, sandbox: 3222 });
    expect(preferredPorts(file, { PORT: 4000 })).toEqual({ web: 4000, backend: 3220, site: 3221, sandbox: 3222 });
  });

  it("are also those of a start that knew of no sandbox", () => {
    writeFileSync(file, '{"web": 3005, "backend": 3210, "site": 3211}');
    expect(preferredPorts(file, {})).toEqual({ web: 3005, backend: 3210, site: 3211, sandbox: 3220 });
  });

  it("are the usual ones when the memory is damaged", () => {
    writeFileSync(file, '{"web": "x"}');
    expect(preferredPorts(file, {})).toEqual({ web: 3000, backend: 3210, site: 3211, sandbox: 3220 });
  });
});

it("says when a port was taken", () => {
  expect([describePort(3000, 3000), describePort(3000, 3001)]).toEqual(["port 3000", "port 3000 is taken: using 3001"]);
});
