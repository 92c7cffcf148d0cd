import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

/** A real CalDAV server on a free loopback port, with its storage in a temporary folder. */
export interface Radicale {
  /** `http://127.0.0.1:port/`. */
  url: string;
  username: string;
  password: string;
  /** Folder in which a calendar's objects lie, as Radicale keeps them. */
  folderOf(calendar: string): string;
  /** Sends a request as the user; `path` is relative to the user's home. */
  request(method: string, path: string, body?: string, headers?: Record<string, string>): Promise<Response>;
  makeCalendar(name: string, props?: string): Promise<void>;
  put(calendar: string, file: string, ics: string): Promise<void>;
  /** Makes the calendar that the user may only read. */
  shareCalendar(): Promise<void>;
  stop(): Promise<void>;
}

const USERNAME = "ann";
const PASSWORD = "correct horse";

/** Which calendar the user may only read, whoever made it. */
const READ_ONLY = "shared";

/** Starts Radicale; the user may not write to its calendar `shared`. Resolves when it answers. Rejects when it does not within ten seconds. */
export async function startRadicale(): Promise<Radicale> {
  const folder = await mkdtemp(path.join(tmpdir(), "radicale-"));
  const port = await freePort();
  await writeFile(path.join(folder, "users"), `${USERNAME}:${PASSWORD}\n`);
  await writeFile(path.join(folder, "rights"), RIGHTS);
  await writeFile(
    path.join(folder, "config"),
    `[rights]\ntype = from_file\nfile = ${folder}/rights\n[server]\nhosts = 127.0.0.1:${port}\n[auth]\ntype = htpasswd\nhtpasswd_filename = ${folder}/users\n` +
      `htpasswd_encryption = plain\ndelay = 0\n[storage]\nfilesystem_folder = ${folder}/data\n[logging]\nlevel = critical\n`,
  );
  const child = spawn("/usr/bin/python3", ["-m", "radicale", "--config", path.join(folder, "config")], { stdio: "ignore" });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const url = `http://127.0.0.1:${port}/`;
  await answers(url, () => child.exitCode === null);

  const authorization = `Basic ${btoa(`${USERNAME}:${PASSWORD}`)}`;
  const request: Radicale["request"] = (method, target, body, headers = {}) =>
    fetch(`${url}${USERNAME}/${target}`, { method, body, headers: { authorization, ...headers } });
  const expectDone = async (response: Response) => {
    if (!response.ok) throw new Error(`Radicale answered ${response.status}: ${await response.text()}`);
  };
  return {
    url,
    username: USERNAME,
    password: PASSWORD,
    folderOf: (calendar) => path.join(folder, "data", "collection-root", USERNAME, calendar),
    request,
    makeCalendar: async (name, props = "") => {
      const body = `<C:mkcalendar xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:A="http://apple.com/ns/ical/"><D:set><D:prop>${props}</D:prop></D:set></C:mkcalendar>`;
      await expectDone(await request("MKCALENDAR", `${name}/`, body));
    },
    put: async (calendar, file, ics) => {
      await expectDone(await request("PUT", `${calendar}/${file}`, ics, { "content-type": "text/calendar" }));
    },
    shareCalendar: async () => {
      const shared = path.join(folder, "data", "collection-root", USERNAME, READ_ONLY);
      await mkdir(shared, { recursive: true });
      await writeFile(path.join(shared, ".Radicale.props"), JSON.stringify({ tag: "VCALENDAR", "D:displayname": "Shared with me" }));
    },
    stop: async () => {
      child.kill("SIGKILL");
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const RIGHTS = `[root]\nuser: .+\ncollection:\npermissions: R
[home]\nuser: .+\ncollection: {user}\npermissions: RW
[shared]\nuser: .+\ncollection: {user}/${READ_ONLY}\npermissions: r
[calendars]\nuser: .+\ncollection: {user}/[^/]+\npermissions: rw\n`;

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

async function answers(url: string, isRunning: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (Date.now() < deadline && isRunning()) {
    const up = await fetch(url, { redirect: "manual" }).then(() => true, () => false);
    if (up) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("Radicale did not start");
}
