import { ConvexError } from "convex/values";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cli, copyProject, eventually, messageOf, push, setEnvironment, startWorld, type World } from "../testing/harness";
import { api } from "../testing/components/convex/_generated/api";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ConvexHttpClient } from "convex/browser";

let world: World;
let http: ConvexHttpClient;
beforeAll(async () => {
  world = await startWorld("components");
  http = world.http();
});
afterAll(() => world.end());

describe("a mounted component", () => {
  it("has tables of its own, at each place where it is mounted", async () => {
    await http.mutation(api.calls.record, { at: "ledger", account: "a", amount: 3 });
    await http.mutation(api.calls.record, { at: "second", account: "a", amount: 4 });
    expect(await http.query(api.calls.total, { at: "ledger", account: "a" })).toBe(3);
    expect(await http.query(api.calls.total, { at: "second", account: "a" })).toBe(4);
    expect(await http.mutation(api.calls.normalize, {})).toBeNull();
    expect(await http.mutation(api.calls.peekAtOwn, {})).toBeNull();
  });

  it("writes in the caller's transaction, and its failure is taken back alone", async () => {
    expect(await http.mutation(api.calls.survive, { at: "ledger", account: "b", amount: 1 })).toContain("the ledger refused");
    expect(await http.query(api.calls.labels, {})).toContain("b");
    expect(await http.query(api.calls.total, { at: "ledger", account: "b" })).toBe(0);
    expect(await messageOf(http.mutation(api.calls.failAfterwards, { at: "ledger", account: "c", amount: 1 }))).toContain("the app refused");
    expect(await http.query(api.calls.total, { at: "ledger", account: "c" })).toBe(0);
  });

  it("sees of the environment what it is given, and nobody's identity", async () => {
    await setEnvironment(world.backend, { FIXTURE_CURRENCY: "CHF", FIXTURE_SECRET: "the app's" });
    const signedIn = world.http(await world.signer.sign("ann"));
    expect(await signedIn.query(api.calls.surroundings, { at: "ledger" })).toEqual({ branch: "main", currency: "CHF", secret: null, identity: null, path: "ledger" });
    expect(await signedIn.query(api.calls.surroundings, { at: "second" })).toMatchObject({ branch: "second", currency: null, path: "second" });
    expect(await signedIn.action(api.calls.viaAction, { account: "action", amount: 2 })).toEqual({ identity: null, path: "ledger" });
    expect(await http.query(api.calls.total, { at: "ledger", account: "action" })).toBe(2);
  });

  it("keeps its internal functions to itself, and cannot paginate, as on the real one", async () => {
    expect(await messageOf(http.mutation(api.calls.reachInside, {}))).toContain("Could not find public function for 'lib:recordInternally' in component 'ledger'");
    expect(await messageOf(http.query(api.calls.page, {}))).toContain("paginate() is only supported in the app.");
  });

  it("schedules its own functions, and shows them to itself only", async () => {
    const before = (await http.query(api.calls.own, {})).length;
    const id = await http.mutation(api.calls.recordLater, { account: "later", amount: 5 });
    const done = await eventually(() => http.query(api.calls.scheduled, { id }), (run) => (run as { state: { kind: string } }).state.kind === "success");
    expect(done).toMatchObject({ name: "lib.js:recordInternally", args: [{ account: "later", amount: 5 }] });
    expect(await http.query(api.calls.total, { at: "ledger", account: "later" })).toBe(5);
    expect((await http.query(api.calls.own, {})).length).toBe(before);
  });

  it("is scheduled from the app, and calls the app back by a handle", async () => {
    await http.mutation(api.calls.scheduleAcross, { account: "across", amount: 6 });
    await eventually(() => http.query(api.calls.total, { at: "ledger", account: "across" }), (total) => total === 6);
    const [run] = (await http.query(api.calls.own, {})).filter(({ name }) => name === "lib.js:record");
    expect(Object.keys(run ?? {}).sort()).toEqual(["_creationTime", "_id", "args", "completedTime", "name", "scheduledTime", "state"]);
    const signedIn = world.http(await world.signer.sign("ann"));
    expect(await signedIn.mutation(api.calls.askForCall, { later: false })).toBe("greeted nobody");
    await signedIn.mutation(api.calls.askForCall, { later: true });
    await eventually(() => http.query(api.calls.labels, {}), (labels) => labels.filter((label) => label === "greeted").length === 2);
  });

  it("has crons and HTTP routes", async () => {
    for (const at of ["ledger", "second"] as const) await eventually(() => http.query(api.calls.total, { at, account: "cron" }), (total) => total === 1);
    const post = async (path: string): Promise<string> => (await fetch(`${world.backend.url}/http${path}`, { method: "POST", body: "7" })).text();
    expect(await post("/ledger/record")).toBe("/ledger/record");
    expect(await http.query(api.calls.total, { at: "ledger", account: "http" })).toBe(7);
    expect(await post("/ledger-like")).toBe("the app");
  });

  it("makes the queries that read it live", async () => {
    const client = world.live();
    const totals: number[] = [];
    const stop = client.onUpdate(api.calls.total, { at: "ledger", account: "live" }, (total) => totals.push(total));
    await eventually(() => totals.length, (count) => count > 0);
    await http.mutation(api.calls.record, { at: "second", account: "live", amount: 1 });
    await http.mutation(api.calls.record, { at: "ledger", account: "live", amount: 2 });
    await eventually(() => totals.at(-1), (total) => total === 2);
    expect(totals).toEqual([0, 2]);
    stop();
  });

  it("is out of reach for clients", async () => {
    const call = await fetch(`${world.backend.url}/api/query`, { method: "POST", body: JSON.stringify({ path: "lib:total", componentPath: "ledger", args: { account: "a" } }) });
    expect(call.status).toBe(400);
    expect(await messageOf(http.query("ledger/lib:total" as never, { account: "a" } as never))).toContain("Could not find public function");
  });
});

describe("@convex-dev/rate-limiter", () => {
  it("lets through what its limit allows, and says when to come back", async () => {
    const spent = [];
    for (let i = 0; i < 4; i++) spent.push(await http.mutation(api.throttle.spend, { name: "signIn", key: "ann" }));
    expect(spent.map(({ ok }) => ok)).toEqual([true, true, true, false]);
    expect(spent[3]?.retryAfter).toBeGreaterThan(0);
    expect(await http.query(api.throttle.check, { name: "signIn", key: "ann" })).toBe(false);
    expect(await http.query(api.throttle.check, { name: "signIn", key: "bob" })).toBe(true);
    await http.mutation(api.throttle.forget, { name: "signIn", key: "ann" });
    expect(await http.query(api.throttle.check, { name: "signIn", key: "ann" })).toBe(true);
  });

  it("throws a ConvexError when it is told to", async () => {
    await http.mutation(api.throttle.spend, { name: "report", key: "ann" });
    const refused: unknown = await http.mutation(api.throttle.spend, { name: "report", key: "ann", throws: true }).catch((thrown: unknown) => thrown);
    expect(refused).toBeInstanceOf(ConvexError);
    expect((refused as ConvexError<Record<string, string>>).data).toMatchObject({ kind: "RateLimited", name: "report" });
  });
});

describe("@convex-dev/workpool", () => {
  it("runs actions, retries what fails, and reports the outcome", async () => {
    await http.mutation(api.work.enqueue, { job: "steady" });
    await http.mutation(api.work.enqueue, { job: "shaky", failures: 2 });
    await http.mutation(api.work.enqueue, { job: "hopeless", failures: 9 });
    const settled = (job: string): Promise<{ kind: string; value: unknown }[]> => eventually(() => http.query(api.work.outcomes, { job }), (outcomes) => outcomes.some(({ kind }) => kind !== "attempt"));
    expect((await settled("steady")).at(-1)).toEqual({ kind: "success", value: "steady after 1" });
    expect((await settled("shaky")).at(-1)).toEqual({ kind: "success", value: "shaky after 3" });
    expect((await settled("hopeless")).map(({ kind }) => kind)).toEqual(["attempt", "attempt", "attempt", "failed"]);
  });

  it("runs a batch of mutations, each once", async () => {
    const jobs = Array.from({ length: 20 }, (_, at) => `batch ${at}`);
    await http.mutation(api.work.enqueueMutations, { jobs });
    const outcomes = await eventually(() => http.query(api.work.outcomes, { job: "batch" }), ({ length }) => length === jobs.length);
    expect(outcomes.map(({ value }) => value as string).sort()).toEqual([...jobs].sort());
    expect(await http.query(api.work.outcomes, { job: "batch 7" })).toHaveLength(1);
  });

  it("cancels what has not begun", async () => {
    const id = await http.mutation(api.work.enqueue, { job: "unwanted", runAfter: 60_000 });
    expect(await http.query(api.work.status, { id })).toBe("pending");
    await http.mutation(api.work.cancel, { id });
    await eventually(() => http.query(api.work.status, { id }), (state) => state === "finished");
    const outcomes = await eventually(() => http.query(api.work.outcomes, { job: "unwanted" }), ({ length }) => length > 0);
    expect(outcomes.map(({ kind }) => kind)).toEqual(["canceled"]);
  });
});

describe("the stock CLI", () => {
  it("runs functions of a component, lists its data and its functions", async () => {
    const ran = await cli(world.backend, world.project, "run", "--component", "second", "lib:record", '{"account":"cli","amount":9}');
    expect(ran.stderr).not.toContain("✖");
    const [tables, rows, unknown, app] = await Promise.all([
      cli(world.backend, world.project, "data", "--component", "pool/batchWorker"),
      cli(world.backend, world.project, "data", "entries", "--component", "second", "--format", "jsonArray"),
      cli(world.backend, world.project, "run", "--component", "nowhere", "lib:record", "{}"),
      cli(world.backend, world.project, "data"),
    ]);
    expect(tables.code).toBe(0);
    expect(tables.stdout.trim().split("\n").length).toBeGreaterThan(0);
    expect(JSON.parse(rows.stdout)).toContainEqual(expect.objectContaining({ account: "cli", amount: 9 }));
    expect(unknown.code).toBe(1);
    expect(app.stdout.trim().split("\n")).toEqual(["entries", "outcomes"]);
  });
});

describe("a push with components", () => {
  const config = (): string => join(world.project, "convex", "convex.config.ts");
  const withoutSecond = 'import { defineApp } from "convex/server";\nimport ledger from "./ledger/convex.config.js";\nconst app = defineApp();\napp.use(ledger, { env: { BRANCH: "main" } });\nexport default app;\n';

  it("is refused for a variable that is missing and for documents that do not fit, and nothing changes", async () => {
    writeFileSync(config(), withoutSecond.replace('{ env: { BRANCH: "main" } }', "{ env: {} as never }"));
    for (const file of ["calls.ts", "throttle.ts", "work.ts"]) rmSync(join(world.project, "convex", file));
    await expect(push(world.backend, world.project)).rejects.toThrow(/BRANCH/);
    writeFileSync(config(), withoutSecond);
    const schema = join(world.project, "convex", "ledger", "schema.ts");
    writeFileSync(schema, 'import { defineSchema, defineTable } from "convex/server";\nimport { v } from "convex/values";\nexport default defineSchema({ entries: defineTable({ account: v.string(), amount: v.string() }) });\n');
    const refused = await messageOf(push(world.backend, world.project));
    expect(refused).toContain('in component "ledger"');
    expect(await http.query(api.calls.total, { at: "ledger", account: "a" })).toBe(3);
  });

  it("takes a component out and back in with its data, also over a restart", async () => {
    const { project } = world;
    rmSync(project, { recursive: true });
    world.project = copyProject(world.root, "components");
    writeFileSync(config(), withoutSecond);
    for (const file of ["calls.ts", "throttle.ts", "work.ts"]) rmSync(join(world.project, "convex", file));
    await push(world.backend, world.project);
    rmSync(world.project, { recursive: true });
    world.project = copyProject(world.root, "components");
    await push(world.backend, world.project);
    await world.restart("SIGKILL");
    expect(await world.http().query(api.calls.total, { at: "second", account: "cli" })).toBe(9);
    expect(await world.http().mutation(api.throttle.spend, { name: "signIn", key: "carol" })).toMatchObject({ ok: true });
  });
});
