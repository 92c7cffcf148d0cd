import { closeSync, openSync, readFileSync, statSync, truncateSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { api } from "./testing/app/convex/_generated/api";
import { Store } from "./store/store";
import { ADMIN_KEY, startProcess, startWorld, type World } from "./testing/harness";
import { metaKey } from "./values/keys";

let world: World;
let file: string;
/** The data as it was in good order; every test spoils a copy. */
let whole: Buffer;
beforeAll(async () => {
  world = await startWorld();
  file = join(world.data, "store", "data.mdb");
  for (let rank = 0; rank < 300; rank++) await world.http().mutation(api.notes.add, { body: "kept ".repeat(50), rank });
  await world.backend.stop("SIGKILL");
  whole = readFileSync(file);
});
afterAll(() => world.end());
beforeEach(() => writeFileSync(file, whole));

const start = (): Promise<unknown> => startProcess(world.data);

describe("data that was damaged while the backend was down", () => {
  it("is refused with what to do when the file is cut off", async () => {
    truncateSync(file, Math.floor(statSync(file).size / 2));
    await expect(start()).rejects.toThrow(/ended with 1[\s\S]*data\.mdb is damaged[\s\S]*copy of the file back/);
  });

  it("is refused when its beginning is something else", async () => {
    overwrite(0, 8192);
    await expect(start()).rejects.toThrow(/ended with 1[\s\S]*data\.mdb is damaged/);
  });

  it("is refused when pages in its middle are something else, and is left as it is", async () => {
    const third = Math.floor(whole.length / 3 / 4096) * 4096;
    overwrite(third, third);
    const spoilt = readFileSync(file);
    await expect(start()).rejects.toThrow(/ended with 1[\s\S]*data\.mdb is damaged/);
    expect(readFileSync(file).equals(spoilt)).toBe(true);
  });

  it("is refused when it is cut off after an orderly end", async () => {
    await (await startProcess(world.data)).stop("SIGTERM");
    truncateSync(file, 100_000);
    await expect(start()).rejects.toThrow(/ended with 1[\s\S]*data\.mdb is damaged/);
  });

  it("is refused, and left as it is, when another version has laid it out otherwise", async () => {
    const store = Store.open(join(world.data, "store"));
    store.commit([[metaKey("format"), "2"]]);
    await store.close();
    const later = readFileSync(file);
    await expect(start()).rejects.toThrow(/ended with 1[\s\S]*of another version of the backend/);
    expect(readFileSync(file).equals(later)).toBe(true);
  });

  it("is read when it is whole", async () => {
    world.backend = await startProcess(world.data);
    expect(await world.http().query(api.notes.list, {})).toHaveLength(100);
    await world.backend.stop("SIGKILL");
  });
});

describe("a disk that is full", () => {
  it("is named as what stands against a start", async () => {
    await expect(startProcess(join(world.root, "none"), 0, 1500, 100)).rejects.toThrow(/ended with 1[\s\S]*Nothing can be written to[\s\S]*Make room/);
  });

  it("is named to whoever sends what it cannot take, and everything goes on", async () => {
    const small = await startProcess(join(world.root, "small"), 0, 1500, 600);
    const post = (path: string, body: string): Promise<Response> => fetch(small.url + path, { method: "POST", body, headers: { Authorization: `Convex ${ADMIN_KEY}` } });
    const { uploadToken } = (await (await post("/api/import/start_upload", "")).json()) as { uploadToken: string };
    const refused = await post(`/api/import/upload_part?uploadToken=${uploadToken}&partNumber=1`, "x".repeat(700 * 1024));
    expect([refused.status, await refused.json()]).toEqual([507, { code: "DiskFull", message: expect.stringContaining("Make room") as string }]);
    expect((await post(`/api/import/upload_part?uploadToken=${uploadToken}&partNumber=1`, "{}")).status).toBe(200);
    expect(await small.stop()).toBe(0);
  });

  it("stops the backend with a clear message, and loses nothing that was acknowledged or shown", async () => {
    world.backend = await startProcess(world.data, 0, 1500, Math.ceil(statSync(file).size / 1024) + 512);
    const ended = new Promise<number | null>((resolve) => world.backend.process.once("exit", resolve));
    const http = world.http();
    // A client that watches: its query runs again while each commit goes to disk.
    const shown: string[] = [];
    await new Promise<void>((resolve) => {
      world.live().onUpdate(api.notes.byOwner, { owner: "full" }, (rows) => {
        shown.push(...rows.map(({ _id }) => _id));
        resolve();
      });
    });
    let acknowledged = 0;
    try {
      for (;;) {
        await http.mutation(api.notes.add, { body: "x".repeat(20_000), owner: "full", rank: acknowledged });
        acknowledged++;
      }
    } catch {
      // The backend is gone.
    }
    expect(await ended).toBe(1);
    expect(world.backend.output()).toMatch(/could not run: The disk refused a commit[\s\S]*Make room/);
    expect(acknowledged).toBeGreaterThan(0);
    world.backend = await startProcess(world.data);
    const kept = await world.http().query(api.notes.byOwner, { owner: "full" });
    // The last one may be there without having been acknowledged.
    expect([acknowledged, acknowledged + 1]).toContain(kept.length);
    const there = new Set<string>(kept.map(({ _id }) => _id));
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.filter((id) => !there.has(id))).toEqual([]);
    await world.http().mutation(api.notes.add, { body: "goes on", rank: 1 });
  });
});

function overwrite(position: number, length: number): void {
  const descriptor = openSync(file, "r+");
  writeSync(descriptor, Buffer.alloc(length, 0xa5), 0, length, position);
  closeSync(descriptor);
}
