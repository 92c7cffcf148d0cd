import { readdirSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { api } from "./testing/app/convex/_generated/api";
import { eventually, setEnvironment, startWorld, type World } from "./testing/harness";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.end());

describe("after kill -9 and a restart without a push", () => {
  it("data, environment, code, identity providers and schedules are there", async () => {
    const http = world.http();
    await setEnvironment(world.backend, { FIXTURE_VALUE: "kept" });
    await http.mutation(api.notes.increment, { name: "kept" });
    const pending = await http.mutation(api.jobs.later, { name: "survivor", delayMs: 500 });
    const hanging = await http.mutation(api.jobs.startHang, { name: "hang" });
    await eventually(() => http.query(api.jobs.status, { id: hanging }), (job) => job?.state.kind === "inProgress");
    await eventually(() => http.query(api.notes.counter, { name: "hang" }), (count) => count === 1);
    await eventually(() => http.query(api.notes.counter, { name: "cron" }), (count) => count === 1);

    await world.restart("SIGKILL");

    expect(await http.query(api.notes.counter, { name: "kept" })).toBe(1);
    expect(await http.query(api.isolation.envValue, {})).toBe("kept");
    expect((await http.action(api.nodeJobs.digest, { text: "x" })).env).toBe("kept");
    expect(await world.http(await world.signer.sign("ann")).query(api.notes.whoami, {})).toMatchObject({ subject: "ann" });
    await eventually(() => http.query(api.jobs.status, { id: pending }), (job) => job?.state.kind === "success");
    expect(await http.query(api.notes.counter, { name: "survivor" })).toBe(1);
    const lost = await http.query(api.jobs.status, { id: hanging });
    expect(lost?.state.kind).toBe("failed");
    expect(await http.query(api.notes.counter, { name: "hang" })).toBe(1);
    expect(await http.query(api.notes.counter, { name: "cron" })).toBe(1);
  });

  it("modules for Node that the crash left half written are made anew", async () => {
    const folder = join(world.data, "modules");
    const [module = ""] = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith("nodeJobs.js"));
    truncateSync(join(folder, module), 10);
    await world.restart("SIGKILL");
    expect(await world.http().action(api.nodeJobs.digest, { text: "x" })).toMatchObject({ env: "kept" });
  });

  it("no acknowledged mutation is missing, and none was applied twice", async () => {
    const http = world.http();
    let acknowledged = 0;
    const writing = (async () => {
      for (;;) {
        await http.mutation(api.notes.increment, { name: "flood" });
        acknowledged++;
      }
    })().catch(() => undefined);
    await eventually(() => acknowledged, (count) => count > 50);
    await world.restart("SIGKILL");
    await writing;
    const stored = await world.http().query(api.notes.counter, { name: "flood" });
    // The last one may have been committed without its answer getting through.
    expect([acknowledged, acknowledged + 1]).toContain(stored);
  });

  it("a live client comes back and its mutation in flight takes effect once", async () => {
    const client = world.live();
    const seen: number[] = [];
    client.onUpdate(api.notes.counter, { name: "flight" }, (value) => seen.push(value));
    await eventually(() => seen.length, (count) => count > 0);
    const flying = Promise.all(Array.from({ length: 20 }, () => client.mutation(api.notes.increment, { name: "flight" })));
    await world.restart("SIGKILL");
    const values = await flying;
    expect(values).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
    await eventually(() => seen.at(-1), (last) => last === 20);
  });

  it("an orderly stop ends with 0", async () => {
    expect(await world.backend.stop("SIGTERM")).toBe(0);
    await world.restart("SIGTERM");
    expect(await world.http().query(api.notes.counter, { name: "kept" })).toBe(1);
  });
});
