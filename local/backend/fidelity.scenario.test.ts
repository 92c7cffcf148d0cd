import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { api } from "./testing/app/convex/_generated/api";
import { ADMIN_KEY, eventually, messageOf, startWorld, type World } from "./testing/harness";
import type { ConvexHttpClient } from "convex/browser";

/** What the real backend refuses is refused here, in words that lead to the same fix. */
let world: World;
let http: ConvexHttpClient;
beforeAll(async () => {
  world = await startWorld();
  http = world.http();
});
afterAll(() => world.end());

describe("values", () => {
  it.each([
    ["tooLong", "Array length is too long (8193 > maximum length 8192)"],
    ["tooDeep", "Value is too nested (nested 65 levels deep > maximum nesting 64)"],
    ["tooWide", "Object has too many fields (1025 > maximum number 1024)"],
    ["halfPair", "not valid Unicode"],
    ["oddName", "Field names can only contain non-control ASCII characters"],
  ] as const)("that are %s are neither stored nor returned", async (what, words) => {
    expect(await messageOf(http.mutation(api.limits.store, { what }))).toContain(words);
    expect(await messageOf(http.query(api.limits.answer, { what }))).toContain(words);
  });

  it("that are too large are not stored, or not returned", async () => {
    expect(await messageOf(http.mutation(api.limits.store, { what: "tooLarge" }))).toMatch(/Value is too large \(1(\.\d+)? MiB > maximum size 1 MiB\)/);
    // 9 MiB of letters that take two bytes each are 18.
    for (const [parts, letter] of [[17, "x"], [9, "é"]] as const) {
      expect(await messageOf(http.query(api.limits.hugeAnswer, { parts, letter }))).toMatch(/Function limits\.js:hugeAnswer return value is too large \(actual: 1[78] MiB, limit: 16 MiB\)/);
    }
  });

  it("that do not match a validator are shown with it", async () => {
    const wrong = (args: object): Promise<string> => messageOf(http.query(api.notes.get, args as never));
    expect(await wrong({})).toContain("ArgumentValidationError: Object is missing the required field `id`. Consider wrapping the field validator in `v.optional(...)` if this is expected.\n\nObject: {}\nValidator: v.object({id: v.id(\"notes\")})");
    expect(await wrong({ id: 5 })).toContain('ArgumentValidationError: Value does not match validator.\nPath: .id\nValue: 5.0\nValidator: v.id("notes")');
    expect(await wrong({ id: "x", extra: 1 })).toContain('Path: .id\nValue: "x"');
  });
});

describe("functions", () => {
  it("that fail say where in their source", async () => {
    const at = (message: string): string | undefined => /^ {4}at .*\((\.\.\/convex\/\S+?):\d+:\d+\)$/m.exec(message)?.[1];
    expect(at(await messageOf(http.mutation(api.jobs.scheduleThenFail, { name: "where" })))).toBe("../convex/jobs.ts");
    expect(at(await messageOf(http.action(api.nodeJobs.fail, {})))).toBe("../convex/nodeJobs.ts");
  });

  it("may read one page", async () => {
    expect(await messageOf(http.query(api.limits.twoPages, { paginationOpts: { numItems: 1, cursor: null } }))).toContain("Convex only supports a single paginated query in each function.");
    expect(await messageOf(http.query(api.notes.page, { paginationOpts: { numItems: 1, cursor: "made up" } }))).toContain("InvalidCursor");
  });

  it("may log so much and no more", async () => {
    const response = await fetch(`${world.backend.url}/api/query`, { method: "POST", body: JSON.stringify({ path: "limits:chatty", args: {} }) });
    const { logLines } = (await response.json()) as { logLines: string[] };
    expect(logLines).toHaveLength(257);
    expect(logLines.at(-1)).toBe("[ERROR] Log overflow (maximum 256). Remaining log lines omitted.");
  });

  it("may schedule so much and no more", async () => {
    expect(await messageOf(http.mutation(api.limits.scheduleMuch, { calls: 1001, bytes: 1 }))).toContain("Too many functions scheduled by this mutation (limit: 1000)");
    expect(await messageOf(http.mutation(api.limits.scheduleMuch, { calls: 20, bytes: 1_000_000 }))).toContain("Too large total size of the arguments of scheduled functions");
  });

  it("may call each other so deep and no deeper", async () => {
    expect(await http.mutation(api.limits.deeper, { left: 7 })).toBe(7);
    expect(await messageOf(http.mutation(api.limits.deeper, { left: 50 }))).toMatch(/deep/);
  });

  it("may give those they call less than they have", async () => {
    const { refused, documentsWritten, databaseQueries } = await http.mutation(api.limits.budget, {});
    expect(refused).toContain("Too many writes in a single function execution");
    expect(documentsWritten).toEqual({ used: 4, remaining: 15_996 });
    expect(databaseQueries).toBe(0);
  });

  it("do nothing after their end", async () => {
    await http.mutation(api.limits.forgetful, {});
    await http.mutation(api.notes.increment, { name: "afterwards" });
    expect((await http.query(api.notes.list, {})).filter(({ rank }) => rank === -1)).toEqual([]);
  });

  it("are of one kind, and say of which", async () => {
    expect(await messageOf(http.mutation(api.notes.list as never, {}))).toContain("Trying to execute notes:list as Mutation, but it is defined as Query.");
    expect(await messageOf(http.query(api.nodeJobs.digest as never, { text: "x" } as never))).toContain("as Query, but it is defined as Action");
  });

  it("on Node take arguments of 5 MiB at most", async () => {
    expect(await messageOf(http.action(api.nodeJobs.digest, { text: "x".repeat(5 * 2 ** 20) }))).toContain("Arguments for nodeJobs.js:digest are too large (actual: 5 MiB, limit: 5 MiB)");
    expect(await messageOf(http.query(api.notes.counter, { name: "x".repeat(17 * 2 ** 20) }))).toContain("Arguments for notes.js:counter are too large (actual: 17 MiB, limit: 16 MiB)");
  });
});

interface PushedModule {
  path: string;
  source: string;
  environment?: "isolate" | "node";
}

/** A push without the CLI: modules as they would come out of its bundler. */
async function startPush(modules: PushedModule[], schema: object | null = null): Promise<{ status: number; message: string }> {
  const response = await fetch(`${world.backend.url}/api/deploy2/start_push`, {
    method: "POST",
    body: JSON.stringify({
      adminKey: ADMIN_KEY,
      dryRun: false,
      functions: "convex/",
      appDefinition: {
        definition: null,
        dependencies: [],
        schema: schema === null ? null : { path: "schema.js", environment: "isolate", source: `export default { export: () => ${JSON.stringify(JSON.stringify(schema))} };` },
        changedModules: modules.map((module) => ({ environment: "isolate", ...module })),
        unchangedModuleHashes: [],
        udfServerVersion: "1.48.0",
      },
      componentDefinitions: [],
      nodeDependencies: [],
    }),
  });
  const { message = "" } = (await response.json()) as { message?: string };
  return { status: response.status, message };
}

/** A query as the `convex` package makes it. */
const QUERY = 'Object.assign(() => 1, { isQuery: true, isPublic: true, exportArgs: () => "null", exportReturns: () => "null" });';

describe("a push is refused", () => {
  const table = (fields: object, indexes: [string, string[]][] = []): object => ({
    tables: [{ tableName: "t", indexes: indexes.map(([indexDescriptor, names]) => ({ indexDescriptor, fields: names })), documentType: { type: "object", value: fields } }],
    schemaValidation: true,
  });
  const text = { fieldType: { type: "string" }, optional: false };
  const names = (count: number): string[] => Array.from({ length: count }, (_, at) => `f${at}`);
  afterAll(async () => {
    expect(await http.query(api.notes.counter, { name: "afterwards" })).toBe(1);
  });

  it.each<[string, PushedModule[], object | null, RegExp]>([
    ["with a hyphen in a module's path", [{ path: "two-words.js", source: "" }], null, /InvalidModulePath: two-words.js/],
    ["with a module that throws when it is loaded", [{ path: "a.js", source: 'throw new TypeError("not today");' }], null, /Failed to analyze a\.js: Uncaught TypeError: not today\n {4}at .*convex\/a\.js:1:7/],
    ["with a module that asks for data when it is loaded", [{ path: "a.js", source: 'await Convex.asyncSyscall("1.0/get", "{}");' }], null, /Failed to analyze a\.js: .* can only be used while a function runs/],
    ["with a module that does not parse", [{ path: "a.js", source: "export const = 5;" }], null, /Failed to analyze a\.js/],
    ["with an import of nothing", [{ path: "a.js", source: 'import "./b.js";' }], null, /Failed to analyze a\.js[\s\S]*b\.js/],
    ["with a Node module that throws when it is loaded", [{ path: "a.js", source: 'throw new Error("no Node today");', environment: "node" }], null, /Failed to analyze a\.js: Uncaught Error: no Node today/],
    ["with more indexes than a table may have", [], table({}, names(33).map((name) => [name, ["f"]])), /at most 32 indexes/],
    ["with more fields than an index may have", [], table({}, [["wide", names(17)]]), /at most 16 fields/],
    ["with an index of a reserved name", [], table({}, [["by_id", ["f"]]]), /Invalid index name/],
    ["with fields that begin with an underscore", [], table({ _hidden: text }), /Table "t": Field name _hidden starts with '_', which is reserved/],
    ["with fields that are not ASCII", [], table({ inner: { fieldType: { type: "array", value: { type: "object", value: { naïve: text } } }, optional: false } }), /Table "t": Field name naïve has invalid character/],
    ["with an http.js that exports no router", [{ path: "http.js", source: "export const router = {};" }], null, /`convex\/http\.js` must have a default export of a Router/],
    ["with an http.js that exports something else", [{ path: "http.js", source: "export default {};" }], null, /default export of `convex\/http\.js` is not a Router/],
    ["with a crons.js that exports no crons", [{ path: "crons.js", source: "" }], null, /`convex\/crons\.js` must have a default export of a Crons object/],
    ["with a cron of a query", [{ path: "a.js", source: `export const get = ${QUERY}` }, { path: "crons.js", source: 'export default { isCrons: true, export: () => \'{"often": {"name": "a:get", "args": [{}], "schedule": {"type": "interval", "seconds": 5}}}\' };' }], null, /"often" schedules a:get: it is a query/],
    ["with a query in a Node module", [{ path: "a.js", source: `export const get = ${QUERY}`, environment: "node" }], null, /get defined in a\.js is a Query function\. Only actions can be defined in Node\.js/],
    ["with an index on a field that is nowhere", [], table({ f: text }, [["by_g", ["g"]]]), /index "by_g" is invalid because it references the field g that does not exist/],
    ["with more code than there may be", [{ path: "a.js", source: `"${"x".repeat(32 * 2 ** 20)}";` }], null, /too large/],
  ])("%s", async (_what, modules, schema, words) => {
    const { status, message } = await startPush(modules, schema);
    expect(message).toMatch(words);
    expect(status).toBe(400);
  });
});

describe("the log", () => {
  it("has what functions said, of which kind each was, and how it failed", async () => {
    const logs = async (): Promise<{ identifier: string; udfType: string; logLines: string[]; error: string | null }[]> => {
      const response = await fetch(`${world.backend.url}/api/stream_function_logs?cursor=0`, { headers: { Authorization: `Convex ${ADMIN_KEY}` } });
      return ((await response.json()) as { entries: { identifier: string; udfType: string; logLines: string[]; error: string | null }[] }).entries;
    };
    await http.query(api.isolation.logs, {});
    await fetch(`${world.backend.url}/http/fails`);
    const found = await eventually(logs, (entries) => entries.some(({ identifier }) => identifier === "GET /fails"));
    expect(found.find(({ identifier }) => identifier === "isolation:logs")).toMatchObject({ udfType: "Query", logLines: ["[LOG] 'hello' { a: 1 }"], error: null });
    expect(found.filter(({ identifier }) => identifier === "GET /fails")).toMatchObject([
      { kind: "Progress", udfType: "HttpAction", logLines: ["[LOG] 'about to fail'"] },
      { kind: "Completion", udfType: "HttpAction", logLines: [], error: expect.stringContaining("no answer") as string },
    ]);
  });
});
