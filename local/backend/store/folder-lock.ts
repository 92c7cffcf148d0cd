import { randomUUID } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { open } from "lmdb";

const HOLDER = "holder";
/** What the address of a local socket may be long, in bytes, on every system. */
const LONGEST_ADDRESS = 100;

/**
 * Keeps a second backend off the same data: two that commit would undo each other. Whoever holds the folder listens on a local
 * socket, which ends with its process however that ends, and its name is recorded in the folder. The record is changed in a
 * transaction: of several that find a holder gone, one becomes the next. Rejects when another backend holds it. Resolves to
 * the function that lets go.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { server, name } = await listenIn(folder);
  const record = open<string, string>({ path: join(folder, "holder.mdb"), noSubdir: true, encoding: "string" });
  const letGo = async (): Promise<void> => {
    server.close();
    await record.close();
  };
  for (;;) {
    record.resetReadTxn();
    const before = record.get(HOLDER);
    if (before !== undefined && (await answers(resolve(folder, before)))) {
      await letGo();
      throw new Error(`another backend is using ${folder}`);
    }
    const taken = record.transactionSync(() => record.get(HOLDER) === before && record.putSync(HOLDER, name));
    if (!taken) continue;
    if (before !== undefined && process.platform !== "win32") rmSync(resolve(folder, before), { force: true });
    return letGo;
  }
}

/** Listens in the folder, where everybody finds it who has the folder; or, when it cannot, where temporary files are. */
async function listenIn(folder: string): Promise<{ server: Server; name: string }> {
  const name = `holder-${randomUUID()}.sock`;
  if (process.platform === "win32") return { server: await listen(`\\\\.\\pipe\\${name}`), name: `\\\\.\\pipe\\${name}` };
  const elsewhere = join(tmpdir(), name);
  const inFolder = join(folder, name);
  const near = Buffer.byteLength(inFolder) > LONGEST_ADDRESS ? null : await listen(inFolder).catch(() => null);
  return near === null ? { server: await listen(elsewhere), name: elsewhere } : { server: near, name };
}

function listen(address: string): Promise<Server> {
  const server = createServer((socket) => socket.end());
  return new Promise((done, reject) => {
    server.once("error", reject);
    server.listen(address, () => done(server.unref()));
  });
}

function answers(address: string): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(address);
    const settle = (answered: boolean): void => {
      socket.destroy();
      done(answered);
    };
    socket.once("connect", () => settle(true));
    socket.once("error", () => settle(false));
  });
}
