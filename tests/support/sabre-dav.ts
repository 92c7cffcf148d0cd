import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { freePort } from "../../local/launch/ports";
import type { RadicaleCalendar, RadicaleUser } from "./radicale";
import { findSabreDav, sabreDavPackages } from "./sabre-dav/command.mjs";
import { startServerProcess } from "./server-process";

const realm = "LinearTime tests";
const scripts = path.join(import.meta.dirname, "sabre-dav");

/** A calendar for sabre/dav; of components it takes events only unless it says otherwise. */
export interface SabreDavCalendar extends RadicaleCalendar {
  /** As in `VEVENT,VTODO`. */
  readonly components?: string;
}

/**
 * A real CalDAV server of a test's own that is as different from Radicale as it can be: it asks for Digest, knows
 * ctags but no sync-collection, and keeps its calendars in SQLite.
 */
export interface SabreDav extends RadicaleUser {
  /** What a person types into the connection form. */
  readonly url: string;
  /** Makes calendars with everything in them, straight in the server's database: many objects at once. */
  store(calendars: readonly SabreDavCalendar[]): void;
  /** Writes or replaces an object, as another calendar program does. */
  put(slug: string, name: string, ics: string): Promise<void>;
  delete(slug: string, name: string): Promise<void>;
  /** Makes the server ask for another password from now on. */
  setPassword(password: string): void;
  /** Every request so far, as `method path scheme`; the scheme is `nobody` without credentials. */
  requests(): string[];
  /** The server's last words. */
  log(): string;
  stop(): Promise<void>;
}

/** Starts sabre/dav on a free port of this machine, with a database of its own that ends with it. */
export async function startSabreDav(account: RadicaleUser = { user: "nora", password: "correct horse" }): Promise<SabreDav> {
  const php = findSabreDav();
  if (php === undefined) throw new Error(`sabre/dav is not installed. On Debian and Ubuntu: sudo apt-get install ${sabreDavPackages.join(" ")}`);
  const folder = mkdtempSync(path.join(tmpdir(), "lineartime-sabre-dav-"));
  const noted = path.join(folder, "requests");
  const env = { ...process.env, SABRE_DATABASE: path.join(folder, "calendars.sqlite"), SABRE_REQUESTS: noted };
  let { password } = account;

  const store = (input: object) => {
    const { status, stderr } = spawnSync(php, [path.join(scripts, "store.php")], { env, input: JSON.stringify({ user: account.user, ...input }), encoding: "utf8" });
    if (status !== 0) throw new Error(`Nothing was stored:\n${stderr}`);
  };
  const setPassword = (next: string) => {
    password = next;
    store({ digest: md5(account.user, realm, next) });
  };
  setPassword(password);

  const port = await freePort(20_000 + Math.floor(Math.random() * 20_000));
  const url = `http://127.0.0.1:${port}`;
  const command = [php, "-S", `127.0.0.1:${port}`, path.join(scripts, "server.php")];
  const server = await startServerProcess({ name: "sabre/dav", command, url, cwd: folder, env });

  const request = async (method: string, slug: string, name: string, body?: string) => {
    const target = `/calendars/${account.user}/${slug}/${name}`;
    const challenge = await fetch(url + target, { method, redirect: "manual" });
    const authorization = digestFor(challenge.headers.get("www-authenticate") ?? "", { user: account.user, password, method, target });
    const headers = { authorization, "content-type": "text/calendar; charset=utf-8" };
    const response = await fetch(url + target, { method, headers, ...(body === undefined ? {} : { body }) });
    if (!response.ok) throw new Error(`${method} ${slug}/${name}: HTTP ${response.status} ${await response.text()}\n${server.log()}`);
  };

  return {
    ...account,
    url,
    store: (calendars) => store({ calendars }),
    put: (slug, name, ics) => request("PUT", slug, name, ics),
    delete: (slug, name) => request("DELETE", slug, name),
    setPassword,
    requests: () => readFileSync(noted, "utf8").trimEnd().split("\n"),
    log: server.log,
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The other client's own answer to a challenge (RFC 2617 §3.2.2), so that ours is not tested with itself. */
function digestFor(challenge: string, { user, password, method, target }: { user: string; password: string; method: string; target: string }): string {
  const said = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(challenge)?.[1] ?? "";
  const [nonce, opaque, cnonce] = [said("nonce"), said("opaque"), "another client"];
  const response = md5(md5(user, realm, password), nonce, "00000001", cnonce, "auth", md5(method, target));
  return `Digest username="${user}",realm="${realm}",nonce="${nonce}",uri="${target}",qop=auth,nc=00000001,cnonce="${cnonce}",response="${response}",opaque="${opaque}"`;
}

function md5(...parts: string[]): string {
  return createHash("md5").update(parts.join(":")).digest("hex");
}
