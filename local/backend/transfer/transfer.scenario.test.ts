import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { api } from "../testing/app/convex/_generated/api";
import { cli, eventually, push, startProcess, startWorld, type RunningBackend, type World } from "../testing/harness";
import { ConvexHttpClient } from "convex/browser";

let world: World;
let archive: string;
beforeAll(async () => {
  world = await startWorld();
  archive = join(world.root, "export.zip");
  const http = world.http();
  const first = await http.mutation(api.notes.add, { body: "first", owner: "ann", rank: 1 });
  await http.mutation(api.notes.add, { body: "zwölf 😀", owner: "ann", rank: 2 });
  await http.mutation(api.samples.add, { note: first });
  await http.mutation(api.notes.increment, { name: "moved" });
  await eventually(() => http.query(api.notes.counter, { name: "cron" }), (count) => count > 0);
});
afterAll(() => world.end());

/** Everything a person could see of the data. */
async function everything(backend: { url: string }): Promise<unknown> {
  const http = new ConvexHttpClient(backend.url, { logger: false });
  const [notes, byOwner, samples, moved] = await Promise.all([
    http.query(api.notes.list, {}),
    http.query(api.notes.byOwner, { owner: "ann" }),
    http.query(api.samples.withNotes, {}),
    http.query(api.notes.counter, { name: "moved" }),
  ]);
  return { notes, byOwner, samples, moved };
}

describe("npx convex export", () => {
  it("writes a ZIP of the tables, with one document a line", async () => {
    const exported = await cli(world.backend, world.project, "export", "--path", archive);
    expect(exported.stderr).toContain("Downloaded snapshot export");
    const files = unzipSync(readFileSync(archive));
    const tables = ["counters", "links", "made", "marks", "notes", "samples", "things"];
    const pairs = tables.flatMap((table) => [`${table}/documents.jsonl`, `${table}/generated_schema.jsonl`]);
    expect(Object.keys(files).sort()).toEqual(["README.md", "_tables/documents.jsonl", ...pairs]);
    const lines = (path: string): Record<string, unknown>[] =>
      strFromU8(files[path] ?? new Uint8Array()).trim().split("\n").map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines("_tables/documents.jsonl")).toContainEqual({ name: "notes", id: expect.any(Number) as number });
    const [sample] = lines("samples/documents.jsonl");
    expect(sample).toMatchObject({ count: "9007199254740993", bytes: "AP8H", measures: ["NaN", -0, "Infinity", 1.5] });
    expect(lines("samples/generated_schema.jsonl")).toEqual([
      '{"_creationTime": normalfloat64, "_id": string, "bytes": bytes, "count": int64, "measures": array<NaN | inf | normalfloat64>, "note": string}',
      { [String(sample?.["_id"])]: { measures: [{ $float64NaN: "AAAAAAAA+H8=" }, "infer", "float64inf", "infer"] } },
    ]);
    expect(lines("notes/documents.jsonl").map(({ body, rank }) => ({ body, rank }))).toEqual([{ body: "first", rank: 1 }, { body: "zwölf 😀", rank: 2 }]);
  });
});

describe("npx convex import", () => {
  let fresh: RunningBackend;
  const importing = (...args: string[]): ReturnType<typeof cli> => cli(fresh, world.project, "import", ...args);
  beforeAll(async () => {
    fresh = await startProcess(join(world.root, "fresh"));
    const [schema, crons] = [join(world.project, "convex", "schema.ts"), join(world.project, "convex", "crons.ts")];
    const before = readFileSync(schema, "utf8");
    // Another table first: the numbers of all tables differ from those of the export. And nothing that writes by itself.
    writeFileSync(schema, before.replace("defineSchema({", "defineSchema({ earlier: defineTable({ x: v.string() }),"));
    rmSync(crons);
    await fetch(`${fresh.url}/api/update_environment_variables`, {
      method: "POST",
      headers: { Authorization: "Convex an-admin-key-for-tests-only" },
      body: JSON.stringify({ changes: [{ name: "FIXTURE_JWKS", value: world.signer.jwks }] }),
    });
    await push(fresh, world.project);
  });
  afterAll(() => fresh.stop("SIGKILL"));

  it("brings everything into another deployment, ids and references and all, where functions go on with it", async () => {
    const imported = await importing(archive);
    expect(imported.stderr).toContain("Added 5 documents");
    expect(await everything(fresh)).toEqual(await everything(world.backend));
    const http = new ConvexHttpClient(fresh.url, { logger: false });
    expect(await http.mutation(api.notes.increment, { name: "moved" })).toBe(2);
    await http.mutation(api.notes.add, { body: "new here", rank: 3 });
    await fresh.stop("SIGKILL");
    fresh = await startProcess(join(world.root, "fresh"));
    expect(await new ConvexHttpClient(fresh.url, { logger: false }).query(api.notes.counter, { name: "moved" })).toBe(2);
  });

  it("refuses tables that have documents, and says what to pass", async () => {
    const refused = await importing(archive);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/has \d+ documents already[\s\S]*--replace[\s\S]*--append/);
  });

  it("replaces, when told to, and leaves other tables", async () => {
    expect((await importing(archive, "--replace", "-y")).stderr).toContain("Added 5 documents");
    expect(await everything(fresh)).toEqual(await everything(world.backend));
  });

  it("adds the lines of one table, with new ids", async () => {
    const file = join(world.root, "more.jsonl");
    writeFileSync(file, '{"body":"a line","owner":"bob","rank":1}\n{"body":"another","owner":"bob","rank":2}\n');
    expect((await importing("--table", "notes", "--append", file)).stderr).toContain("Added 2 documents");
    const bobs = await new ConvexHttpClient(fresh.url, { logger: false }).query(api.notes.byOwner, { owner: "bob" });
    expect(bobs.map(({ body }) => body)).toEqual(["a line", "another"]);
  });

  it("adds the rows of a CSV file", async () => {
    const file = join(world.root, "more.csv");
    writeFileSync(file, 'body,owner,rank\n"a row, quoted",carol,1\nanother,carol,2\n');
    expect((await importing("--table", "notes", "--append", file)).stderr).toContain("Added 2 documents");
    const carols = await new ConvexHttpClient(fresh.url, { logger: false }).query(api.notes.byOwner, { owner: "carol" });
    expect(carols.map(({ body }) => body)).toEqual(["a row, quoted", "another"]);
  });

  it("takes nothing of a file with one document that does not fit, and says which", async () => {
    const before = await everything(fresh);
    const file = join(world.root, "bad.json");
    writeFileSync(file, '[{"body":"good","rank":1},{"body":5,"rank":1}]');
    const refused = await importing("--table", "notes", "--replace", "-y", file);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/document 2[\s\S]*does not match the schema[\s\S]*\.body/);
    expect(await everything(fresh)).toEqual(before);
  });

  it("says so when a file is no archive, or is cut off", async () => {
    const whole = readFileSync(archive);
    const [cut, shorter] = [join(world.root, "cut.zip"), join(world.root, "shorter.zip")];
    writeFileSync(cut, whole.subarray(0, 500));
    // Between two files: each that is there is whole.
    writeFileSync(shorter, whole.subarray(0, whole.indexOf(Buffer.from("PK\x03\x04", "latin1"), 500)));
    const junk = join(world.root, "junk.zip");
    writeFileSync(junk, "not a zip");
    expect((await importing(cut)).stderr).toMatch(/ends in the middle|is cut off|not a ZIP/);
    expect((await importing(shorter, "--replace-all", "-y")).stderr).toContain("is cut off");
    expect((await importing(junk)).stderr).toMatch(/no tables|not a ZIP/);
  });
});
