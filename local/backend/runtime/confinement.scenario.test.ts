import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { api } from "../testing/app/convex/_generated/api";
import { cli, eventually, startWorld, type World } from "../testing/harness";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.end());

/** What Convex documents for its default runtime, beside the language itself and what every console and URL takes. */
const OF_NODE_ONLY = ["Buffer", "require", "module", "exports", "__filename", "__dirname", "setImmediate", "clearImmediate", "MessageChannel", "MessagePort", "Worker", "WebSocket", "navigator", "BroadcastChannel", "PerformanceObserver"];

const messageOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "succeeded",
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );

/** What can be found by any way out: nothing of Node. */
function expectConfined(found: Record<string, string>): void {
  for (const [way, result] of Object.entries(found)) expect([way, result]).toEqual([way, expect.stringMatching(/^(threw|undefined|refused)$/)]);
}

describe("code in the default runtime", () => {
  it("has no global of Node, in queries and mutations", async () => {
    const names = await world.http().query(api.confinement.globals, {});
    expect(names.filter((name) => OF_NODE_ONLY.includes(name))).toEqual([]);
    expect(names).toEqual(expect.arrayContaining(["URL", "TextEncoder", "crypto", "structuredClone", "Request", "Response", "ReadableStream", "process", "console"]));
  });

  it("finds no way out to Node in a query", async () => {
    expectConfined(await world.http().query(api.confinement.escapes, {}));
  });

  it("finds no way out to Node in an action either", async () => {
    const { stdout } = await cli(world.backend, world.project, "run", "confinement:escapesInAction");
    expectConfined(JSON.parse(stdout) as Record<string, string>);
  });
});

describe("a function that misbehaves", () => {
  it("holds up nobody as a live query but those who watch it", async () => {
    const [looping, other] = [world.live(), world.live()];
    const [errors, seen]: [string[], number[]] = [[], []];
    other.onUpdate(api.notes.counter, { name: "others" }, (value) => seen.push(value));
    await eventually(() => seen.length, (count) => count > 0);
    looping.onUpdate(api.isolation.spin, {}, () => undefined, (error) => errors.push(error.message));
    await eventually(() => looping.connectionState().isWebSocketConnected, Boolean);
    await other.mutation(api.notes.increment, { name: "others" });
    expect(seen.at(-1)).toBe(1);
    expect(errors).toEqual([]);
    await new Promise<void>((resolve) => looping.onUpdate(api.notes.counter, { name: "others" }, () => resolve()));
    expect(errors[0]).toContain("timed out");
  });

  it("is stopped when it loops, while queries and mutations of others go on", async () => {
    const settled: string[] = [];
    const note = (what: string) => (): void => void settled.push(what);
    const spinning = messageOf(world.http().query(api.isolation.spin, {})).then((message) => {
      settled.push("spinning");
      return message;
    });
    await Promise.all([
      world.http().query(api.notes.counter, { name: "beside" }).then(note("query")),
      world.http().mutation(api.notes.increment, { name: "beside" }).then(note("mutation")),
    ]);
    expect(await spinning).toContain("timed out");
    expect(settled).toEqual([expect.any(String), expect.any(String), "spinning"]);
  });

  it("is stopped when it only waits", async () => {
    expect(await messageOf(world.http().query(api.confinement.sleepForEver, {}))).toContain("timed out");
  });

  it("is ended when it takes all memory, and nothing else is", async () => {
    expect(await messageOf(world.http().mutation(api.confinement.takeAllMemory, {}))).toMatch(/memory|timed out/);
    expect(await world.http().mutation(api.notes.increment, { name: "after memory" })).toBe(1);
  });

  it("fails at once with an error that cannot be looked at", async () => {
    expect(await messageOf(world.http().query(api.confinement.throwThorns, {}))).toContain("cannot be shown");
  });

  it("fails alone when it answers a request with what cannot be sent", async () => {
    const answers: Record<string, string> = {};
    for (const name of ["status", "thrower", "kind", "chunk"]) {
      const response = await fetch(`${world.backend.url}/http/odd/${name}`);
      answers[name] = `${response.status} ${await response.text().catch(() => "broken off")}`;
    }
    expect(answers).toEqual({
      status: expect.stringMatching(/^500 .*a status from 200 to 599/) as string,
      thrower: expect.stringMatching(/^500 .*no headers/) as string,
      kind: expect.stringMatching(/^500 .*must return a Response/) as string,
      chunk: "200 broken off",
    });
    expect(world.backend.output()).toContain("each a Uint8Array");
    expect(await world.http().query(api.notes.counter, { name: "nobody" })).toBe(0);
  });

  it("cannot end the thread of others with what it throws afterwards", async () => {
    await messageOf(world.http().query(api.confinement.throwAfterwards, {}));
    expect(await world.http().query(api.notes.counter, { name: "after memory" })).toBe(1);
  });
});
