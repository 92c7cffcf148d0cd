import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { freePort } from "../../local/launch/ports";
import { findRadicale } from "./radicale-command.mjs";
import { startServerProcess } from "./server-process";

/** Who may sign in to a test server. */
export interface RadicaleUser {
  readonly user: string;
  readonly password: string;
}

/** A calendar to be made on the server. */
export interface RadicaleCalendar {
  /** Last part of its address. */
  readonly slug: string;
  readonly displayName: string;
  /** `#rrggbb` */
  readonly color: string;
  readonly objects: readonly { readonly name: string; readonly ics: string }[];
}

/** A real CalDAV server of a test's own, and another client's way to it. */
export interface Radicale extends RadicaleUser {
  /** What a person types into the connection form. */
  readonly url: string;
  /** Makes calendars with everything in them, straight in the server's storage: many objects at once. */
  store(calendars: readonly RadicaleCalendar[]): void;
  /** Writes or replaces an object, as another calendar program does. */
  put(slug: string, name: string, ics: string): Promise<void>;
  delete(slug: string, name: string): Promise<void>;
  /** Puts a file into a calendar's folder unseen by the server, whatever is in it. */
  plant(slug: string, name: string, text: string): void;
  /** Takes such a file away again. */
  unplant(slug: string, name: string): void;
  /** Makes the server ask for another password from now on. */
  setPassword(password: string): void;
  /** The server's last words. */
  log(): string;
  stop(): Promise<void>;
}

/** Starts Radicale on a free port of this machine, with a storage of its own that ends with it. */
export async function startRadicale(account: RadicaleUser = { user: "nora", password: "correct horse" }): Promise<Radicale> {
  const folder = mkdtempSync(path.join(tmpdir(), "lineartime-radicale-"));
  const calendarFolder = (slug: string) => path.join(folder, "storage", "collection-root", account.user, slug);
  const port = await freePort(20_000 + Math.floor(Math.random() * 20_000));
  const url = `http://127.0.0.1:${port}`;
  let { password } = account;
  const setPassword = (next: string) => {
    password = next;
    writeFileSync(path.join(folder, "users"), `${account.user}:${next}\n`);
  };
  setPassword(password);
  writeFileSync(path.join(folder, "config"), configuration(folder, port));
  const command = findRadicale();
  if (command === undefined) throw new Error("Radicale is not installed; npm test says how to install it.");
  const server = await startServerProcess({ name: "Radicale", command: [...command, "--config", path.join(folder, "config")], url });

  const request = async (method: string, slug: string, name: string, body?: string) => {
    const response = await fetch(`${url}/${account.user}/${slug}/${name}`, {
      method,
      headers: {
        Authorization: `Basic ${Buffer.from(`${account.user}:${password}`).toString("base64")}`,
        "Content-Type": "text/calendar; charset=utf-8",
      },
      ...(body === undefined ? {} : { body }),
    });
    if (!response.ok) throw new Error(`${method} ${slug}/${name}: HTTP ${response.status} ${await response.text()}\n${server.log()}`);
  };

  return {
    ...account,
    url,
    store(calendars) {
      for (const { slug, displayName, color, objects } of calendars) {
        mkdirSync(calendarFolder(slug), { recursive: true });
        const properties = { tag: "VCALENDAR", "D:displayname": displayName, "ICAL:calendar-color": color };
        writeFileSync(path.join(calendarFolder(slug), ".Radicale.props"), JSON.stringify(properties));
        for (const { name, ics } of objects) writeFileSync(path.join(calendarFolder(slug), name), ics);
      }
    },
    put: (slug, name, ics) => request("PUT", slug, name, ics),
    delete: (slug, name) => request("DELETE", slug, name),
    plant: (slug, name, text) => writeFileSync(path.join(calendarFolder(slug), name), text),
    unplant: (slug, name) => rmSync(path.join(calendarFolder(slug), name)),
    setPassword,
    log: server.log,
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const configuration = (folder: string, port: number) => `[server]
hosts = 127.0.0.1:${port}
[auth]
type = htpasswd
htpasswd_filename = ${path.join(folder, "users")}
htpasswd_encryption = plain
delay = 0
[storage]
filesystem_folder = ${path.join(folder, "storage")}
[logging]
level = warning
`;
