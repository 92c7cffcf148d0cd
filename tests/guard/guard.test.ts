import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { guarded, readAttempts } from "./environment.mjs";

const run = promisify(execFile);
let folder: string;
let recordFile: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "lineartime-guard-"));
  recordFile = path.join(folder, "record");
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs a script behind the guard; it prints the code of the error it gets, or "reached". */
async function attempt(script: string): Promise<{ printed: string; targets: string[] }> {
  const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", script], {
    env: guarded(recordFile, { PATH: process.env.PATH, NODE_ENV: "test" }),
    timeout: 20_000,
  });
  return { printed: stdout.trim(), targets: readAttempts(recordFile).map(({ kind, target }) => `${kind} ${target}`) };
}

/** 192.0.2.0/24 belongs to nobody (RFC 5737), so that a guard that fails harms nobody. */
const outside = "192.0.2.1";
const report = `.then(() => console.log("reached"), (error) => console.log(error.cause?.code ?? error.code))`;

describe("behind the guard", () => {
  it.each([
    ["fetch of an address", `fetch("http://${outside}/")${report}`, `connect ${outside}:80`],
    ["fetch of a name", `fetch("https://example.com/")${report}`, "lookup example.com"],
    ["a socket", `import net from "node:net"; net.connect(25, "${outside}").on("error", (e) => console.log(e.code))`, `connect ${outside}:25`],
    ["TLS", `import { connect } from "node:tls"; connect(443, "${outside}").on("error", (e) => console.log(e.code))`, `connect ${outside}:443`],
    ["IPv6", `fetch("http://[2001:db8::1]:81/")${report}`, "connect 2001:db8::1:81"],
    ["http.get", `import { get } from "node:http"; get("http://${outside}:8080").on("error", (e) => console.log(e.code))`, `connect ${outside}:8080`],
    ["dns.lookup", `import { lookup } from "node:dns/promises"; lookup("example.com")${report}`, "lookup example.com"],
    ["dns.resolve", `import { resolve4 } from "node:dns/promises"; resolve4("example.com")${report}`, "lookup example.com"],
    ["a resolver", `import { Resolver } from "node:dns"; new Resolver().resolveMx("example.com", (e) => console.log(e.code))`, "lookup example.com"],
    [
      "a datagram",
      `import dgram from "node:dgram"; try { dgram.createSocket("udp4").send("x", 53, "${outside}") } catch (e) { console.log(e.code); process.exit() }`,
      `datagram ${outside}`,
    ],
    [
      "a lookup of one's own",
      `import net from "node:net"; net.connect({ port: 80, host: "calendar.example", lookup: (h, o, cb) => cb(null, [{ address: "${outside}", family: 4 }]) }).on("error", (e) => console.log(e.code))`,
      `connect ${outside}`,
    ],
  ])("%s is refused and recorded", async (_, script, target) => {
    expect(await attempt(script)).toEqual({ printed: "ECONNREFUSED", targets: [target] });
  });

  it("a child process and a worker thread are behind it too", async () => {
    const inner = `fetch("http://${outside}:1234/").catch(() => {})`;
    const { targets } = await attempt(
      `import { execFileSync } from "node:child_process"; import { Worker } from "node:worker_threads";
       execFileSync(process.execPath, ["--eval", ${JSON.stringify(inner)}]);
       new Worker(${JSON.stringify(inner)}, { eval: true });`,
    );
    expect(targets).toEqual([`connect ${outside}:1234`, `connect ${outside}:1234`]);
  });

  it("a hidden error is recorded all the same", async () => {
    const { printed, targets } = await attempt(`fetch("http://${outside}/").catch(() => {})`);
    expect([printed, targets]).toEqual(["", [`connect ${outside}:80`]]);
  });

  it("this machine is reached by address and by name, also through a lookup of one's own", async () => {
    const script = `
      import { createServer, connect } from "node:net";
      const server = createServer((socket) => socket.end("HTTP/1.1 204 No Content\\r\\n\\r\\n")).listen(0, "127.0.0.1", async () => {
        const { port } = server.address();
        await fetch("http://127.0.0.1:" + port);
        await fetch("http://localhost:" + port);
        connect({ port, host: "calendar.example", lookup: (h, o, cb) => cb(null, [{ address: "127.0.0.1", family: 4 }]) })
          .on("close", () => { console.log("reached"); process.exit(); }).resume();
      });`;
    expect(await attempt(script)).toEqual({ printed: "reached", targets: [] });
  });

  it("a name that cannot exist does not, and nobody is asked", async () => {
    expect(await attempt(`fetch("http://nowhere.invalid/")${report}`)).toEqual({ printed: "ENOTFOUND", targets: [] });
  });
});
