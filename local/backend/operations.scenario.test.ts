import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeFunctionReference } from "convex/server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { api } from "./testing/app/convex/_generated/api";
import { cli, eventually, push, setEnvironment, startCli, startProcess, startWorld, type World } from "./testing/harness";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.end());

describe("the stock CLI", () => {
  it("runs functions, lists data and prints the function spec", async () => {
    const ran = await cli(world.backend, world.project, "run", "notes:add", '{"body":"from the CLI","rank":1}');
    expect(ran.stderr).not.toContain("✖");
    const id = JSON.parse(ran.stdout) as string;
    const [tables, rows, printed, unknown] = await Promise.all([
      cli(world.backend, world.project, "data"),
      cli(world.backend, world.project, "data", "notes", "--format", "jsonArray"),
      cli(world.backend, world.project, "function-spec"),
      cli(world.backend, world.project, "run", "notes:nope"),
    ]);
    expect(tables.stdout.trim().split("\n")).toEqual(["counters", "links", "made", "marks", "notes", "samples", "things"]);
    expect(JSON.parse(rows.stdout)).toEqual([expect.objectContaining({ _id: id, body: "from the CLI" })]);
    const spec = JSON.parse(printed.stdout) as { functions: { identifier?: string; functionType: string }[] };
    expect(spec.functions).toContainEqual(expect.objectContaining({ identifier: "notes.js:secret", functionType: "Query" }));
    expect(spec.functions).toContainEqual(expect.objectContaining({ functionType: "HttpAction", path: "/echo" }));
    expect(unknown.code).toBe(1);
    expect(unknown.stderr).toContain("Could not find function");
  });

  it("evaluates a query that it is given, which reads and does nothing else", async () => {
    const evaluate = (query: string): ReturnType<typeof cli> => cli(world.backend, world.project, "run", "--inline-query", query);
    const [read, wrote, unknown] = await Promise.all([
      evaluate("const [note] = await ctx.db.query('notes').take(1); console.log('asked'); return note.body;"),
      evaluate("await ctx.db.insert('notes', { body: 'written', rank: 0 })"),
      fetch(`${world.backend.url}/api/nowhere`, { headers: { "Convex-Client": "npm-cli-1.48.0" } }),
    ]);
    expect(read.stderr).toContain("[LOG] 'asked'");
    expect(JSON.parse(read.stdout)).toBe("from the CLI");
    expect(wrote.code).toBe(1);
    expect(wrote.stderr).toContain("insert is not a function");
    // The CLI tries again for a minute what is not found.
    expect(unknown.status).toBe(400);
  });

  it("sets, reads and unsets variables, which functions see at once", async () => {
    expect((await cli(world.backend, world.project, "env", "set", "FIXTURE_VALUE", "first")).code).toBe(0);
    const [got, listed] = await Promise.all([
      cli(world.backend, world.project, "env", "get", "FIXTURE_VALUE"),
      cli(world.backend, world.project, "env", "list", "--names-only"),
    ]);
    expect(got.stdout.trim()).toBe("first");
    expect(listed.stdout.trim().split("\n").sort()).toEqual(["FIXTURE_JWKS", "FIXTURE_VALUE"]);
    expect(await world.http().query(api.isolation.envValue, {})).toBe("first");
    expect(await world.http().query(api.isolation.envAtLoad, {})).toBe("first");
    expect((await world.http().action(api.nodeJobs.digest, { text: "x" })).env).toBe("first");
    expect((await cli(world.backend, world.project, "env", "remove", "FIXTURE_VALUE")).code).toBe(0);
    expect(await world.http().query(api.isolation.envValue, {})).toBeNull();
  });

  it("pushes once in dev mode and generates code", async () => {
    const dev = await cli(world.backend, world.project, "dev", "--once", "--typecheck", "disable");
    expect(dev.stderr).toContain("functions ready");
    const generated = await cli(world.backend, world.project, "codegen", "--typecheck", "disable");
    expect(generated.code).toBe(0);
    expect(readFileSync(join(world.project, "convex/_generated/api.d.ts"), "utf8")).toContain("nodeJobs");
  });
});

describe("npx convex logs", () => {
  it("shows what an action says while it runs, and nothing twice when it has ended", async () => {
    const logs = startCli(world.backend, world.project, "logs", "--jsonl", "--history", "1");
    const entries = (): { kind: string; identifier: string; udfType: string; logLines: string[]; requestId: string }[] =>
      logs.said.stdout.split("\n").filter((line) => line.startsWith("{")).map((line) => JSON.parse(line) as ReturnType<typeof entries>[number]);
    try {
      await world.http().mutation(api.notes.increment, { name: "watched" });
      await eventually(entries, (found) => found.some(({ identifier }) => identifier === "notes:increment"));
      const talked = world.http().action(api.jobs.talk, { until: "heard" });
      const [begun] = await eventually(() => entries().filter(({ identifier }) => identifier === "jobs:talk"), ({ length }) => length > 0);
      expect(begun).toMatchObject({ kind: "Progress", udfType: "Action", logLines: ["[LOG] 'begun' { until: 'heard' }"] });
      await world.http().mutation(api.notes.increment, { name: "heard" });
      await talked;
      const all = await eventually(() => entries().filter(({ identifier }) => identifier === "jobs:talk"), (found) => found.some(({ kind }) => kind === "Completion"));
      expect(all.map(({ kind, logLines }) => [kind, logLines])).toEqual([
        ["Progress", ["[LOG] 'begun' { until: 'heard' }"]],
        ["Progress", ["[WARN] 'about to end'"]],
        ["Completion", []],
      ]);
      expect(new Set(all.map(({ requestId }) => requestId)).size).toBe(1);
    } finally {
      logs.stop();
      await logs.ended;
    }
  });
});

describe("changes of the environment", () => {
  it("are refused when a name or value is not allowed, or when auth.config needs what would go", async () => {
    expect((await setEnvironment(world.backend, { "NOT-A-NAME": "x" })).status).toBe(400);
    expect((await setEnvironment(world.backend, { TOO_LONG: "x".repeat(9000) })).status).toBe(400);
    expect(await (await setEnvironment(world.backend, { FIXTURE_JWKS: null })).json()).toMatchObject({ code: "AuthConfigMissingEnvironmentVariable" });
    expect(await world.http(await world.signer.sign("ann")).query(api.notes.whoami, {})).toMatchObject({ subject: "ann" });
  });
});

describe("a push that is refused", () => {
  const edit = (file: string, change: (source: string) => string): (() => void) => {
    const path = join(world.project, "convex", file);
    const before = readFileSync(path, "utf8");
    writeFileSync(path, change(before));
    return () => writeFileSync(path, before);
  };

  it("because stored documents do not fit the new schema leaves the old code and schema in service", async () => {
    await world.http().mutation(api.notes.add, { body: "kept", rank: 1 });
    const restore = edit("schema.ts", (source) => source.replace("body: v.string()", "body: v.number()"));
    await expect(push(world.backend, world.project)).rejects.toThrow(/does not match the schema[\s\S]*\.body/);
    restore();
    expect(await world.http().mutation(api.notes.add, { body: "still text", rank: 2 })).toMatch(/^[0-9a-z]{32}$/);
  });

  it("because a module throws when it is loaded says so", async () => {
    const restore = edit("isolation.ts", (source) => `${source}\nthrow new Error("broken at load");\n`);
    await expect(push(world.backend, world.project)).rejects.toThrow(/isolation\.js[\s\S]*broken at load/);
    restore();
    expect(await world.http().query(api.isolation.envValue, {})).toBeNull();
  });

  it("because a module takes all memory when it is loaded says which", async () => {
    const restore = edit("isolation.ts", (source) => `${source}\nconst held: number[][] = [];\nfor (;;) held.push(Array.from({ length: 100_000 }, (_, at) => at + 0.5));\n`);
    await expect(push(world.backend, world.project)).rejects.toThrow(/isolation\.js[\s\S]*out of memory/);
    restore();
    expect(await world.http().query(api.isolation.envValue, {})).toBeNull();
  });

  it("because a cron names no function says so", async () => {
    const restore = edit("crons.ts", (source) => source.replace("internal.jobs.count, { name: \"daily\" }", "\"jobs:nowhere\" as never, {}"));
    await expect(push(world.backend, world.project)).rejects.toThrow(/does not exist: jobs:nowhere/);
    restore();
    expect(await world.http().query(api.notes.counter, { name: "cron" })).toBe(1);
  });
});

describe("a push that is taken", () => {
  it("changes what live queries answer, fills new indexes, and keeps the data", async () => {
    const byBody = makeFunctionReference<"query", { body: string }, { owner?: string }[]>("notes:byBody");
    const [owners, refusals]: [unknown[], string[]] = [[], []];
    world.live().onUpdate(byBody, { body: "indexed" }, (notes) => owners.push(notes.map(({ owner }) => owner)), (error) => refusals.push(error.message));
    expect((await eventually(() => refusals, ({ length }) => length > 0))[0]).toContain("Could not find public function");
    await world.http().mutation(api.notes.add, { body: "indexed", owner: "zoe", rank: 9 });
    const schema = join(world.project, "convex/schema.ts");
    writeFileSync(schema, readFileSync(schema, "utf8").replace('.index("by_rank", ["rank"])', '.index("by_rank", ["rank"]).index("by_body", ["body"])'));
    const notes = join(world.project, "convex/notes.ts");
    writeFileSync(notes, `${readFileSync(notes, "utf8")}\nexport const byBody = query({ args: { body: v.string() }, handler: (ctx, { body }) => ctx.db.query("notes").withIndex("by_body", (q) => q.eq("body", body)).collect() });\n`);
    await push(world.backend, world.project);
    expect(await eventually(() => owners, ({ length }) => length > 0)).toEqual([["zoe"]]);
  });
});

describe("the process", () => {
  it("says so when another one uses its data", async () => {
    await expect(startProcess(world.data)).rejects.toThrow(/ended with 1[\s\S]*another backend is using/);
  });

  it("says so when its port is taken", async () => {
    await expect(startProcess(join(world.root, "other"), Number(new URL(world.backend.url).port))).rejects.toThrow(/ended with 1[\s\S]*port is taken/);
  });

  it("says so when what it is started with makes no sense", async () => {
    await expect(startProcess(join(world.root, "other"), 0, Number.NaN)).rejects.toThrow(/ended with 1[\s\S]*"NaN" is not a number of milliseconds/);
    await expect(startProcess(join(world.root, "other"), 65_536)).rejects.toThrow(/ended with 1[\s\S]*"65536" is not a port/);
  });

  it("never prints the admin key", () => {
    expect(world.backend.output()).not.toContain("an-admin-key");
  });
});
