import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { ConvexError } from "convex/values";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { api } from "./testing/app/convex/_generated/api";
import { ADMIN_KEY, eventually, messageOf, startWorld, type World } from "./testing/harness";
import type { ConvexHttpClient } from "convex/browser";

let world: World;
let http: ConvexHttpClient;
beforeAll(async () => {
  world = await startWorld();
  http = world.http();
});
afterAll(() => world.end());

describe("queries and mutations", () => {
  it("read what was written, through indexes, filters and by id", async () => {
    const id = await http.mutation(api.notes.add, { body: "first", owner: "ann", rank: 1 });
    await http.mutation(api.notes.add, { body: "second", owner: "ann", rank: 2 });
    await http.mutation(api.notes.add, { body: "third", rank: 3 });
    expect((await http.query(api.notes.byOwner, { owner: "ann" })).map(({ body }) => body)).toEqual(["first", "second"]);
    expect((await http.query(api.notes.byOwner, { owner: "ann", from: 2 })).map(({ body }) => body)).toEqual(["second"]);
    expect((await http.query(api.notes.byOwner, {})).map(({ body }) => body)).toEqual(["third"]);
    expect((await http.query(api.notes.odd, {})).map(({ rank }) => rank)).toEqual([1, 3]);
    expect(await http.query(api.notes.get, { id })).toMatchObject({ _id: id, body: "first", rank: 1 });
    await http.mutation(api.notes.edit, { id, body: "changed", clearOwner: true });
    const edited = await http.query(api.notes.get, { id });
    expect(edited).toMatchObject({ body: "changed" });
    expect(edited).not.toHaveProperty("owner");
    await http.mutation(api.notes.remove, { id });
    expect(await http.query(api.notes.get, { id })).toBeNull();
  });

  it("apply one at a time, however many come at once", async () => {
    const values = await Promise.all(Array.from({ length: 20 }, () => http.mutation(api.notes.increment, { name: "many" }, { skipQueue: true })));
    expect([...values].sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
  });

  it("leave nothing of a mutation that threw, and pass the data of a ConvexError", async () => {
    const before = (await http.query(api.notes.list, {})).length;
    const error: unknown = await http.mutation(api.notes.refuse, {}).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConvexError);
    expect((error as ConvexError<{ code: string; detail: bigint }>).data).toEqual({ code: "REFUSED", detail: 7n });
    expect((await http.query(api.notes.list, {})).length).toBe(before);
  });

  it("take back a nested mutation that failed, and only that", async () => {
    const before = (await http.query(api.notes.list, {})).length;
    const [message, count] = (await http.mutation(api.notes.nested, {})).split("|");
    expect(message).toContain("inner failure");
    expect(Number(count)).toBe(before + 1);
  });

  it("do nothing of their own while a function that they have called is at work", async () => {
    await http.mutation(api.nesting.meanwhile, { name: "meanwhile" });
    expect(await http.query(api.notes.counter, { name: "meanwhile" })).toBe(1);
    expect(await http.query(api.notes.counter, { name: "meanwhile inner" })).toBe(0);
  });

  it("leave all or nothing of a call that they have not waited for", async () => {
    for (const [name, reads, left] of [["dropped", 0, 0], ["done", 1, 2]] as const) {
      await http.mutation(api.nesting.forget, { name, reads });
      expect(await http.query(api.notes.counter, { name })).toBe(left);
    }
    await http.mutation(api.nesting.forgetWithin, { name: "within" });
    expect(await http.query(api.notes.counter, { name: "within" })).toBe(1);
    expect(await http.query(api.notes.counter, { name: "within inner" })).toBe(0);
    await eventually(() => http.query(api.notes.counter, { name: "done afterwards" }), (value) => value === 1);
    const scheduled = (await http.query(api.jobs.all, {})).flatMap(({ args }) => args as { name: string }[]).map(({ name }) => name);
    expect(scheduled.filter((name) => name.endsWith("afterwards"))).toEqual(["done afterwards"]);
  });

  it("may read one page each", async () => {
    for (const rank of [1, 2]) await http.mutation(api.notes.add, { body: `page ${rank}`, rank: -rank });
    expect(await http.query(api.nesting.pages, { paginationOpts: { numItems: 1, cursor: null } })).toEqual(["page 2", "page 1"]);
  });

  it("check arguments, results and documents", async () => {
    expect(await messageOf(http.mutation(api.notes.increment, {} as { name: string }))).toMatch(/ArgumentValidationError[\s\S]*missing the required field `name`/);
    expect(await messageOf(http.query(api.notes.wrongReturn, {}))).toContain("ReturnsValidationError");
    expect(await messageOf(http.mutation(api.notes.badInsert, {}))).toMatch(/does not match the schema[\s\S]*\.body/);
  });

  it("hide internal functions from clients, but not from the admin key", async () => {
    const call = (authorization: string | null): Promise<Response> =>
      fetch(`${world.backend.url}/api/query`, {
        method: "POST",
        headers: authorization === null ? {} : { Authorization: authorization },
        body: JSON.stringify({ path: "notes:secret", args: {}, format: "json" }),
      });
    expect(await (await call(null)).json()).toMatchObject({ status: "error", errorMessage: expect.stringContaining("Could not find public function for 'notes:secret'") as string });
    expect(await (await call(`Convex ${ADMIN_KEY}`)).json()).toMatchObject({ status: "success", value: "internal" });
    expect((await call("Convex not-the-key-but-long-enough")).status).toBe(401);
  });
});

describe("isolation", () => {
  it("gives queries only the default runtime's globals, a frozen clock and no I/O", async () => {
    const seen = await http.query(api.isolation.globals, {});
    expect(seen).toMatchObject({ buffer: "undefined", require: "undefined", processKeys: ["env"], frozen: true, random: true, date: "1970-01-01T00:00:00.000Z", localDate: "2026-01-01T00:00:00.000Z" });
    expect(seen.fetch).toContain("Can't use fetch()");
    expect(seen.timeout).toContain("Can't use setTimeout");
    expect(seen.digest.byteLength).toBe(32);
    expect(seen.key).toContain("Can't use cryptographic randomness in queries and mutations");
  });

  it("stops a function that does not end, and serves everybody else", async () => {
    const stopped = messageOf(world.http().query(api.isolation.spin, {}));
    const others = Promise.all(Array.from({ length: 5 }, () => world.http().query(api.notes.counter, { name: "many" })));
    expect(await stopped).toContain("timed out");
    expect(await others).toEqual([20, 20, 20, 20, 20]);
    expect(await messageOf(world.http().mutation(api.isolation.spinAsync, {}))).toContain("timed out");
    expect(await http.mutation(api.notes.increment, { name: "after" })).toBe(1);
  });
});

describe("actions", () => {
  it("call queries and mutations, have timers and I/O, and schedule", async () => {
    const token = await world.signer.sign("ann");
    expect(await world.http(token).action(api.jobs.both, { name: "action" })).toEqual({ value: 1, who: "ann", timer: true, buffer: "undefined" });
  });

  it("hear of a failure as it was; only who is outside is told where to look for it", async () => {
    expect(await http.action(api.jobs.hearOfFailure, {})).toMatch(/^Uncaught Error: inner failure/);
    const refused: unknown = await http.action(api.jobs.passOnRefusal, {}).catch((thrown: unknown) => thrown);
    expect(refused).toMatchObject({ data: { code: "REFUSED", detail: 7n } });
    expect((refused as Error).message.match(/Server Error/g)).toHaveLength(1);
  });

  it("run on Node when they ask for it", async () => {
    const { hex } = await http.action(api.nodeJobs.digest, { text: "abc" });
    expect(hex).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  });

  it("answer HTTP requests", async () => {
    const response = await fetch(`${world.backend.url}/http/echo`, { method: "POST", body: "hello" });
    expect(response.status).toBe(201);
    expect(response.headers.get("x-fixture")).toBe("yes");
    expect(await response.json()).toEqual({ value: 1, body: "hello" });
    expect((await fetch(`${world.backend.url}/http/nowhere`, { method: "POST" })).status).toBe(404);
  });

  it("are found by exact path before prefix, and by the longer prefix first", async () => {
    const get = async (path: string): Promise<string> => (await fetch(`${world.backend.url}/http${path}`)).text();
    expect(await get("/under/exact")).toBe("exact");
    expect(await get("/under/deeper/x")).toBe("deeper");
    expect(await get("/under/elsewhere?a=1")).toBe("/under/elsewhere?a=1");
    expect(await get("/under")).toBe("No matching routes found");
  });

  it("are given bodies as they were sent, and decide themselves about other origins", async () => {
    const bytes = gzipSync("compressed by the sender");
    const answer = await fetch(`${world.backend.url}/http/bytes`, { method: "POST", body: bytes, headers: { "Content-Encoding": "gzip", Origin: "http://localhost:3000" } });
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
  });

  it("stream their answers", async () => {
    const response = await fetch(`${world.backend.url}/http/stream`);
    expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    const next = async (): Promise<string> => Buffer.from((await reader.read()).value ?? []).toString();
    expect(await next()).toBe("one");
    await http.mutation(api.notes.increment, { name: "gate" });
    expect(await next()).toBe("two");
    expect((await reader.read()).done).toBe(true);
  });

  it("that fail are told apart from those that answer, also in the middle of an answer", async () => {
    const failed = await fetch(`${world.backend.url}/http/fails`);
    expect(failed.status).toBe(500);
    expect(await failed.json()).toMatchObject({ code: expect.stringContaining("Server Error") as string, trace: expect.stringContaining("Uncaught Error: no answer") as string });
    const broken = await fetch(`${world.backend.url}/http/stream?fails`);
    await expect(broken.text()).rejects.toThrow();
  });

  it.each([
    ["error", "status from 200 to 599"],
    ["header", 'The header "x-odd"'],
    ["taken", "locked"],
    ["nothing", "must return a Response"],
  ])("whose answer cannot be sent (%s) fail with the reason, and harm nobody", async (what, reason) => {
    const answer = await fetch(`${world.backend.url}/http/unfit/${what}`);
    expect(answer.status).toBe(500);
    expect(await answer.json()).toMatchObject({ trace: expect.stringContaining(reason) as string });
  });

  it.each(["number", "buffer", "longer", "shorter"])("whose body cannot be sent (%s) break off, and harm nobody", async (what) => {
    await expect(fetch(`${world.backend.url}/http/unfit/${what}`).then((answer) => answer.text())).rejects.toThrow();
    expect(await (await fetch(`${world.backend.url}/http/unfit/none`)).text()).toBe("fit");
  });
});

describe("scheduled functions", () => {
  it("run once, and can be looked up", async () => {
    const id = await http.mutation(api.jobs.later, { name: "later", delayMs: 5 });
    const done = await eventually(() => http.query(api.jobs.status, { id }), (job) => job?.state.kind === "success");
    expect(done).toMatchObject({ name: "jobs.js:count", args: [{ name: "later" }] });
    expect(done?.completedTime).toBeGreaterThanOrEqual(done?.scheduledTime ?? Infinity);
    expect(await http.query(api.notes.counter, { name: "later" })).toBe(1);
  });

  it("tell of failures in actions", async () => {
    const id = await http.mutation(api.jobs.laterAction, { name: "failing", fail: true });
    const done = await eventually(() => http.query(api.jobs.status, { id }), (job) => job?.state.kind === "failed");
    expect(done?.state).toMatchObject({ error: expect.stringMatching(/^Uncaught Error: action failed/) as string });
    expect(await http.query(api.notes.counter, { name: "failing" })).toBe(1);
  });

  it("do not run when they are cancelled, or when their mutation failed", async () => {
    const id = await http.mutation(api.jobs.later, { name: "cancelled", delayMs: 60_000 });
    await http.mutation(api.jobs.cancel, { id });
    expect((await http.query(api.jobs.status, { id }))?.state.kind).toBe("canceled");
    const before = (await http.query(api.jobs.all, {})).length;
    expect(await messageOf(http.mutation(api.jobs.scheduleThenFail, { name: "never" }))).toContain("rolled back");
    expect((await http.query(api.jobs.all, {})).length).toBe(before);
  });

  it("that are cancelled while they run go on to their end, and what they schedule does not run", async () => {
    for (const [name, cancels] of [["cancelled chain", true], ["chain", false]] as const) {
      const id = await http.mutation(api.jobs.startScheduling, { until: `go ${name}`, name });
      await eventually(() => http.query(api.notes.counter, { name: `${name} begun` }), (count) => count === 1);
      if (cancels) await http.mutation(api.jobs.cancel, { id });
      await http.mutation(api.notes.increment, { name: `go ${name}` });
      await eventually(() => http.query(api.notes.counter, { name: `${name} of ${id}` }), (count) => count === 1);
      const made = async (): Promise<string[]> =>
        (await http.query(api.jobs.all, {})).filter(({ name: path, args: [args] }) => path === "jobs.js:count" && (args as { name: string }).name === name).map(({ state }) => state.kind);
      await eventually(made, (kinds) => !kinds.includes("pending"));
      expect(await made()).toEqual(cancels ? ["canceled", "canceled"] : ["success", "success"]);
      await eventually(() => http.query(api.jobs.status, { id }), (job) => job?.state.kind === (cancels ? "canceled" : "success"));
    }
  });

  it("must be there, and cannot be years away", async () => {
    expect(await messageOf(http.mutation(api.jobs.scheduleNowhere, {}))).toContain("Could not find function for 'nowhere:at'. Did you forget to run");
    expect(await messageOf(http.mutation(api.jobs.later, { name: "far", delayMs: 6 * 366 * 86_400_000 }))).toContain("is more than 5 years in the future");
  });

  it("include crons: an interval begins with its deployment", async () => {
    expect(await eventually(() => http.query(api.notes.counter, { name: "cron" }), (count) => count > 0)).toBe(1);
  });
});

describe("identity", () => {
  it("comes from an ES256 token of a customJwt provider", async () => {
    const token = await world.signer.sign("bob", 3600, { email: "bob@example.com", given_name: "Bob", team: "blue" });
    expect(await world.http(token).query(api.notes.whoami, {})).toEqual({
      tokenIdentifier: "https://issuer.test|bob",
      issuer: "https://issuer.test",
      subject: "bob",
      email: "bob@example.com",
      givenName: "Bob",
      team: "blue",
    });
    expect(await http.query(api.notes.whoami, {})).toBeNull();
  });

  it("is refused when the token is forged or over", async () => {
    const forged = `${(await world.signer.sign("eve")).slice(0, -8)}AAAAAAAA`;
    expect(await messageOf(world.http(forged).query(api.notes.whoami, {}))).toContain("Unauthenticated");
    expect(await messageOf(world.http(await world.signer.sign("eve", -60)).query(api.notes.whoami, {}))).toContain("Unauthenticated");
  });
});

describe("bad requests", () => {
  it("get a clear answer, and hurt nobody else", async () => {
    const post = (body: string, path = "query"): Promise<Response> => fetch(`${world.backend.url}/api/${path}`, { method: "POST", body });
    expect((await post("{")).status).toBe(400);
    expect((await post('{"path":5}')).status).toBe(400);
    expect((await post('{"path":"notes:list","args":[1]}')).status).toBe(400);
    expect((await post(JSON.stringify({ path: "notes:list", args: { x: { $integer: "short" } } }))).status).toBe(560);
    expect((await post("x".repeat(21 * 1024 * 1024))).status).toBe(413);
    expect((await post("{}", "nowhere")).status).toBe(404);
    const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
    expect(await (await post(`{"path":"notes:counter","args":{"name":${deep}}}`)).json()).toMatchObject({ message: expect.stringContaining("too nested") as string });
    expect(await (await post('{"path":"notes:counter","args":{"name":"x","__proto__":{"polluted":1}}}')).json()).toMatchObject({ errorMessage: expect.stringContaining("extra field `__proto__`") as string });
    expect((await post("{}", "deploy2/start_push")).status).toBe(400);
    for (const path of ["query", "deploy2/wait_for_schema"]) {
      const body = JSON.stringify({ path: "notes:list", args: {}, adminKey: "not the key", schemaChange: { schemaIds: { push: "" } } });
      const refused = await fetch(`${world.backend.url}/api/${path}`, { method: "POST", body, headers: path === "query" ? { Authorization: "Convex not the key" } : {} });
      expect([refused.status, await refused.json()]).toEqual([401, { code: "BadAdminKey", message: "The provided admin key was invalid for this instance." }]);
    }
    expect(await http.query(api.notes.counter, { name: "many" })).toBe(20);
  });

  it("to an address that cannot be read end with it", async () => {
    const { hostname, port } = new URL(world.backend.url);
    const answerTo = (upgrade: string): Promise<string> =>
      new Promise((resolve) => {
        let answer = "";
        const socket = connect(Number(port), hostname, () => socket.write(`GET http://%zz/ HTTP/1.1\r\nHost: x\r\n${upgrade}\r\n`));
        socket.on("data", (chunk: Buffer) => {
          answer += chunk.toString();
          socket.end();
        });
        socket.on("close", () => resolve(answer));
      });
    expect(await answerTo("")).toMatch(/^HTTP\/1\.1 400 /);
    expect(await answerTo("Connection: Upgrade\r\nUpgrade: websocket\r\n")).toMatch(/^HTTP\/1\.1 404 /);
    expect(await http.query(api.notes.counter, { name: "many" })).toBe(20);
  });

  it("to open a socket where there is none, from a client that is gone by then, harm nobody", async () => {
    const { hostname, port } = new URL(world.backend.url);
    const leave = (): Promise<void> =>
      new Promise((resolve) => {
        const socket = connect(Number(port), hostname, () => {
          socket.write("GET /nowhere HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n", () => socket.resetAndDestroy());
        });
        socket.on("close", () => resolve());
      });
    await Promise.all(Array.from({ length: 50 }, leave));
    expect(await http.query(api.notes.counter, { name: "many" })).toBe(20);
  });

  it("let pages of other origins ask", async () => {
    const preflight = await fetch(`${world.backend.url}/api/query`, { method: "OPTIONS", headers: { Origin: "http://localhost:3000", "Access-Control-Request-Headers": "content-type,convex-client" } });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get("access-control-allow-origin")).toBe("http://localhost:3000");
    expect(preflight.headers.get("access-control-allow-headers")).toBe("content-type,convex-client");
  });
});

describe("would-be conflicts", () => {
  it("are counted by function", async () => {
    await Promise.all(Array.from({ length: 4 }, () => http.mutation(api.notes.increment, { name: "hot" }, { skipQueue: true })));
    const response = await fetch(`${world.backend.url}/api/conflicts`, { headers: { Authorization: `Convex ${ADMIN_KEY}` } });
    const report = (await response.json()) as Record<string, { calls: number; maxRetries: number }>;
    expect(report["notes:increment"]?.maxRetries).toBeGreaterThanOrEqual(1);
    expect((await fetch(`${world.backend.url}/api/conflicts`)).status).toBe(403);
  });
});

describe("what functions use", () => {
  it("is counted by function and table", async () => {
    const [address, headers] = [`${world.backend.url}/api/usage`, { Authorization: `Convex ${ADMIN_KEY}` }];
    await http.mutation(api.notes.increment, { name: "used" });
    expect((await fetch(address, { method: "DELETE", headers })).status).toBe(200);
    await http.mutation(api.notes.increment, { name: "used" });
    const report = (await (await fetch(address, { headers })).json()) as Record<string, object>;
    expect(report["notes:increment"]).toMatchObject({ calls: 1, databaseQueries: expect.any(Number) as number, written: { counters: 1 } });
    expect((await fetch(address)).status).toBe(403);
  });
});
