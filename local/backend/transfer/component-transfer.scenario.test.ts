import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ConvexHttpClient } from "convex/browser";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { api } from "../testing/components/convex/_generated/api";
import { cli, push, setEnvironment, startProcess, startWorld, type RunningBackend, type World } from "../testing/harness";
import { newDocumentId } from "../values/document-id";

let world: World;
let fresh: RunningBackend;
let archive: string;
beforeAll(async () => {
  world = await startWorld("components");
  archive = join(world.root, "export.zip");
  fresh = await startProcess(join(world.root, "fresh"));
  await setEnvironment(fresh, { FIXTURE_JWKS: world.signer.jwks });
  await push(fresh, world.project);
});
afterAll(async () => {
  await fresh.stop("SIGKILL");
  await world.end();
});

const there = (): ConvexHttpClient => new ConvexHttpClient(fresh.url, { logger: false });
const importing = (...args: string[]): ReturnType<typeof cli> => cli(fresh, world.project, "import", ...args);

describe("an export with components", () => {
  it("holds the tables of each place where one is mounted, under its path", async () => {
    const http = world.http();
    await http.mutation(api.calls.record, { at: "ledger", account: "a", amount: 3 });
    await http.mutation(api.calls.record, { at: "second", account: "a", amount: 4 });
    await http.mutation(api.throttle.spend, { name: "signIn", key: "ann" });
    expect((await cli(world.backend, world.project, "export", "--path", archive)).code).toBe(0);
    const files = unzipSync(readFileSync(archive));
    const lines = (path: string): unknown[] => strFromU8(files[path] ?? new Uint8Array()).trim().split("\n").map((line) => JSON.parse(line) as unknown);
    expect(lines("_components/second/entries/documents.jsonl")).toContainEqual(expect.objectContaining({ account: "a", amount: 4 }));
    expect(lines("_components/second/entries/generated_schema.jsonl")).toEqual(['{"_creationTime": normalfloat64, "_id": string, "account": string, "amount": normalfloat64}']);
    expect(lines("_components/second/_tables/documents.jsonl")).toEqual([{ name: "entries", id: expect.any(Number) as number }]);
    expect(Object.keys(files)).toContain("_components/pool/_components/batchWorker/_tables/documents.jsonl");
    expect(Object.keys(files).filter((path) => /_scheduled_functions|_cron_runs/.test(path))).toEqual([]);
  });

  it("comes into another deployment with all of them, and their functions go on", async () => {
    const imported = await importing(archive, "--replace-all", "-y");
    expect(imported.stderr).toContain("Added");
    expect(await there().query(api.calls.total, { at: "ledger", account: "a" })).toBe(3);
    expect(await there().query(api.calls.total, { at: "second", account: "a" })).toBe(4);
    for (let spent = 0; spent < 2; spent++) expect(await there().mutation(api.throttle.spend, { name: "signIn", key: "ann" })).toMatchObject({ ok: true });
    expect(await there().mutation(api.throttle.spend, { name: "signIn", key: "ann" })).toMatchObject({ ok: false });
  });
});

describe("an archive in which tables of different components share a number, as those of Convex Cloud do", () => {
  const document = (account: string): { id: string; line: string } => {
    const id = newDocumentId(10_001, 1000);
    return { id, line: JSON.stringify({ _id: id, _creationTime: 1000, account, amount: 5 }) };
  };
  const [app, ledger] = [newDocumentId(10_001, 1000), document("shared")];
  const table = (...lines: string[]): Uint8Array => strToU8(`${lines.join("\n")}\n`);

  it("is taken in, and no component sees what is another's", async () => {
    const listed = table('{"name":"entries","id":10001}');
    const file = join(world.root, "shared.zip");
    writeFileSync(
      file,
      zipSync({
        "_tables/documents.jsonl": listed,
        "entries/documents.jsonl": table(JSON.stringify({ _id: app, _creationTime: 2000, label: "of the app" })),
        "_components/ledger/_tables/documents.jsonl": listed,
        "_components/ledger/entries/documents.jsonl": table(ledger.line),
      }),
    );
    expect((await importing(file, "--replace-all", "-y")).stderr).toContain("Added");
    expect(await there().query(api.calls.total, { at: "ledger", account: "shared" })).toBe(5);
    expect(await there().query(api.calls.total, { at: "second", account: "a" })).toBe(0);
    expect(await there().query(api.calls.labels, {})).toEqual(["of the app"]);
    await there().mutation(api.calls.record, { at: "ledger", account: "shared", amount: 1 });
    expect(await there().query(api.calls.total, { at: "ledger", account: "shared" })).toBe(6);
  });

  it("can be given to one component alone", async () => {
    const file = join(world.root, "second.jsonl");
    writeFileSync(file, '{"account":"alone","amount":8}\n');
    expect((await importing("--component", "second", "--table", "entries", file)).stderr).toContain("Added 1 documents");
    expect(await there().query(api.calls.total, { at: "second", account: "alone" })).toBe(8);
    expect(await there().query(api.calls.total, { at: "ledger", account: "alone" })).toBe(0);
  });

  it("is refused when it is for a component that is not there", async () => {
    const refused = await importing("--component", "nowhere", "--table", "entries", join(world.root, "second.jsonl"));
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('There is no component "nowhere"');
  });
});
