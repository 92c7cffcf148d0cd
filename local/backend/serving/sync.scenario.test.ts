import type { ConvexClient } from "convex/browser";
import { ConvexReactClient } from "convex/react";
import type { GenericId } from "convex/values";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import WebSocket from "ws";
import { api } from "../testing/app/convex/_generated/api";
import { ADMIN_KEY, eventually, startWorld, type World } from "../testing/harness";
import { rawSocket } from "../testing/raw-socket";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.end());

/** Everything a client is told about a counter, in order. */
function watchCounter(client: ConvexClient, name: string): number[] {
  const seen: number[] = [];
  client.onUpdate(api.notes.counter, { name }, (value) => seen.push(value));
  return seen;
}

describe("live queries", () => {
  it("tell another client of a change, and nobody of what did not change for them", async () => {
    const [writer, reader] = [world.live(), world.live()];
    const seen = watchCounter(reader, "live");
    const elsewhere = watchCounter(reader, "elsewhere");
    await eventually(() => seen.length + elsewhere.length, (count) => count === 2);
    for (let i = 0; i < 3; i++) await writer.mutation(api.notes.increment, { name: "live" });
    await eventually(() => seen.at(-1), (last) => last === 3);
    expect([...seen].sort((a, b) => a - b)).toEqual(seen);
    expect(elsewhere).toEqual([0]);
  });

  it("show a client its own write by the time its mutation is done", async () => {
    const client = world.live();
    const seen = watchCounter(client, "own");
    await eventually(() => seen.length, (count) => count > 0);
    for (let i = 1; i <= 10; i++) {
      await client.mutation(api.notes.increment, { name: "own" });
      expect(seen.at(-1)).toBe(i);
    }
  });

  it("keep one client's mutations in order", async () => {
    const client = world.live();
    const values = await Promise.all(Array.from({ length: 10 }, () => client.mutation(api.notes.increment, { name: "order" })));
    expect(values).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it("refuse a call whose arguments are too large, and go on", async () => {
    const client = world.live();
    const error: unknown = await client.mutation(api.notes.increment, { name: "x".repeat(25 * 2 ** 20) }).catch((thrown: unknown) => thrown);
    expect((error as Error).message).toMatch(/Arguments for notes\.js:increment are too large \(actual: 25 MiB, limit: 16 MiB\)/);
    expect(await client.mutation(api.notes.increment, { name: "small" })).toBe(1);
  });

  it("report a query that fails, and recover when it no longer does", async () => {
    const client = world.live();
    const [values, errors]: [unknown[], string[]] = [[], []];
    client.onUpdate(api.notes.get, { id: "nonsense" as GenericId<"notes"> }, (value) => values.push(value), (error) => errors.push(error.message));
    expect((await eventually(() => errors, ({ length }) => length > 0))[0]).toContain("ArgumentValidationError");
    expect(values).toEqual([]);
  });

  it("keep the pages of a paginated query together as rows come in", async () => {
    const client = world.live();
    for (const rank of [10, 20, 30, 40]) await client.mutation(api.notes.add, { body: `r${rank}`, owner: "pages", rank });
    // Asked elsewhere: a client that has just had an answer shows it again before the backend watches the page for it.
    const first = await world.http().query(api.notes.page, { paginationOpts: { cursor: null, numItems: 2 } });
    const pages: number[][] = [];
    client.onUpdate(api.notes.page, { paginationOpts: { cursor: null, numItems: 2 } }, ({ page }) => pages.push(page.map(({ rank }) => rank)));
    await eventually(() => pages.length, (count) => count > 0);
    const [low = 0] = first.page.map(({ rank }) => rank);
    await client.mutation(api.notes.add, { body: "between", owner: "pages", rank: low + 0.5 });
    const grown = await eventually(() => pages.at(-1), (page) => page?.length === 3);
    expect(grown).toContain(low + 0.5);
  });
});

const connect = (sessionId: string): object => ({ type: "Connect", sessionId, connectionCount: 0, lastCloseReason: null, clientTs: 0 });

describe("the protocol", () => {
  it("applies a mutation once that is sent again after a reconnect", async () => {
    const mutation = { type: "Mutation", requestId: 7, udfPath: "notes:increment", args: [{ name: "resent" }] };
    const answers: unknown[] = [];
    for (let connection = 0; connection < 2; connection++) {
      const { send, received } = await rawSocket(world.backend);
      send(connect("one-session"));
      send(mutation);
      answers.push(await eventually(() => received.find(({ type }) => type === "MutationResponse"), (found) => found !== undefined));
    }
    expect(answers[0]).toEqual(answers[1]);
    expect(await world.http().query(api.notes.counter, { name: "resent" })).toBe(1);
    const other = await rawSocket(world.backend);
    other.send(connect("another-session"));
    other.send(mutation);
    await eventually(() => other.received.some(({ type }) => type === "MutationResponse"), Boolean);
    expect(await world.http().query(api.notes.counter, { name: "resent" })).toBe(2);
  });

  it("sends transitions without a gap between their versions", async () => {
    const { send, received } = await rawSocket(world.backend);
    send(connect("versions"));
    send({ type: "ModifyQuerySet", baseVersion: 0, newVersion: 1, modifications: [{ type: "Add", queryId: 0, udfPath: "notes:counter", args: [{ name: "v" }] }] });
    for (let requestId = 0; requestId < 3; requestId++) send({ type: "Mutation", requestId, udfPath: "notes:increment", args: [{ name: "v" }] });
    send({ type: "ModifyQuerySet", baseVersion: 1, newVersion: 2, modifications: [{ type: "Remove", queryId: 0 }] });
    const transitions = await eventually(
      () => received.filter(({ type }) => type === "Transition"),
      (all) => (all.at(-1)?.["endVersion"] as { querySet: number } | undefined)?.querySet === 2,
    );
    transitions.reduce((before, { startVersion, endVersion }) => {
      expect(startVersion).toEqual(before);
      return endVersion as object;
    }, { querySet: 0, identity: 0, ts: "AAAAAAAAAAA=" } as object);
  });

  it("tells a client nothing older than its own mutation once that is answered", async () => {
    const { send, received } = await rawSocket(world.backend);
    send(connect("newer"));
    const names = ["n0", "n1", "n2"];
    send({ type: "ModifyQuerySet", baseVersion: 0, newVersion: 1, modifications: names.map((name, queryId) => ({ type: "Add", queryId, udfPath: "notes:counter", args: [{ name }] })) });
    const others = Promise.all(Array.from({ length: 60 }, (_, at) => world.http().mutation(api.notes.increment, { name: names[at % 3] ?? "" }, { skipQueue: true })));
    for (let requestId = 0; requestId < 20; requestId++) send({ type: "Mutation", requestId, udfPath: "notes:increment", args: [{ name: "n0" }] });
    await others;
    const ts = (encoded: unknown): bigint => Buffer.from(String(encoded), "base64").readBigUInt64LE();
    const caughtUp = (): boolean => {
      const last = received.findLast(({ type }) => type === "MutationResponse");
      const after = last === undefined ? undefined : received.slice(received.indexOf(last)).find(({ type }) => type === "Transition");
      return received.filter(({ type }) => type === "MutationResponse").length === 20 && after !== undefined;
    };
    await eventually(caughtUp, Boolean);
    let answered = 0n;
    for (const message of received) {
      if (message.type === "MutationResponse") answered = ts(message["ts"]);
      if (message.type === "Transition") expect(ts((message["endVersion"] as { ts: string }).ts)).toBeGreaterThanOrEqual(answered);
    }
    expect(answered).toBeGreaterThan(0n);
  });

  it("tells a client that does not read only the last of what it missed, once it reads again", async () => {
    const { send, received, pause, resume } = await rawSocket(world.backend);
    send(connect("slow"));
    send({ type: "ModifyQuerySet", baseVersion: 0, newVersion: 1, modifications: [{ type: "Add", queryId: 0, udfPath: "limits:bulky", args: [{ name: "slow" }] }] });
    const told = (): number[] => received.flatMap((message) => (message.type === "Transition" ? (message["modifications"] as { value: { value: number } }[]).map(({ value }) => value.value) : []));
    await eventually(told, ({ length }) => length === 1);
    pause();
    const commits = 80;
    for (let i = 0; i < commits; i++) await world.http().mutation(api.notes.increment, { name: "slow" });
    resume();
    await eventually(told, (values) => values.at(-1) === commits);
    expect(told().length).toBeLessThan(commits / 2);
  });

  it("answers all that a client sends before it reads any of it", async () => {
    const { send, received, pause, resume } = await rawSocket(world.backend);
    send(connect("hasty"));
    pause();
    const calls = 30;
    // Each is refused with its arguments in the message: more in all than may be on its way at once.
    for (let requestId = 0; requestId < calls; requestId++) send({ type: "Mutation", requestId, udfPath: "notes:increment", args: [{ name: "hasty", ballast: "x".repeat(2 ** 20) }] });
    await world.http().mutation(api.notes.increment, { name: "meanwhile" });
    resume();
    await eventually(() => received.filter(({ type }) => type === "MutationResponse").map(({ requestId }) => requestId), (ids) => ids.length === calls && ids.every((id, at) => id === at));
  });

  it.each([
    ["nested too deeply", [Array.from({ length: 70 }).reduce<object>((inner) => ({ inner }), {})], /too nested/],
    ["not an object", ["text"], /must be one object/],
    ["for a component", [{}], /Only the admin key/, "ledger"],
  ])("fails a query whose arguments are %s, and no other of its client", async (_what, args, reason, componentPath?: string) => {
    const { send, received } = await rawSocket(world.backend);
    send(connect("odd arguments"));
    const counter = { type: "Add", queryId: 0, udfPath: "notes:counter", args: [{ name: "odd arguments" }] };
    send({ type: "ModifyQuerySet", baseVersion: 0, newVersion: 1, modifications: [counter, { type: "Add", queryId: 1, udfPath: "notes:counter", args, componentPath }] });
    send({ type: "Authenticate", tokenType: "User", value: await world.signer.sign("odd"), baseVersion: 0 });
    await eventually(() => received.at(-1), (message) => (message?.["endVersion"] as { identity: number } | undefined)?.identity === 1);
    expect(received.every(({ type }) => type === "Transition")).toBe(true);
    const results = received.flatMap((message) => message["modifications"] as { queryId: number; type: string; errorMessage?: string }[]);
    expect(results).toContainEqual(expect.objectContaining({ queryId: 0, type: "QueryUpdated" }));
    expect(results).toContainEqual(expect.objectContaining({ queryId: 1, type: "QueryFailed", errorMessage: expect.stringMatching(reason) as string }));
    send({ type: "ModifyQuerySet", baseVersion: 1, newVersion: 2, modifications: [{ type: "Remove", queryId: 1 }] });
    await eventually(() => received.at(-1), (message) => (message?.["endVersion"] as { querySet: number }).querySet === 2);
  });

  it.each([
    ["no JSON", "{"],
    ["an unknown message", { type: "Surprise" }],
    ["a wrong version", { type: "ModifyQuerySet", baseVersion: 5, newVersion: 6, modifications: [] }],
    ["fields of a wrong type", { type: "Mutation", requestId: "one", udfPath: 5, args: {} }],
  ])("ends a connection that sends %s, and only that one", async (_what, message) => {
    const bystander = world.live();
    const seen = watchCounter(bystander, "bystander");
    const { send, received, closed } = await rawSocket(world.backend);
    send(connect("bad"));
    send(message);
    expect(await closed).toBe(1008);
    expect(received.at(-1)?.type).toBe("FatalError");
    await bystander.mutation(api.notes.increment, { name: "bystander" });
    expect(seen.length).toBeGreaterThan(0);
  });
});

describe("the React client", () => {
  it("watches, writes, acts, and applies its optimistic updates until the answer is there", async () => {
    const client = new ConvexReactClient(world.backend.url, { webSocketConstructor: WebSocket as unknown as typeof globalThis.WebSocket, logger: false, unsavedChangesWarning: false });
    const watch = client.watchQuery(api.notes.counter, { name: "react" });
    const seen: (number | undefined)[] = [];
    const stop = watch.onUpdate(() => seen.push(watch.localQueryResult()));
    await eventually(() => seen.at(-1), (last) => last === 0);
    const value = await client.mutation(api.notes.increment, { name: "react" }, { optimisticUpdate: (store) => store.setQuery(api.notes.counter, { name: "react" }, 100) });
    expect(value).toBe(1);
    expect(seen).toEqual([0, 100, 1]);
    expect(await client.action(api.nodeJobs.digest, { text: "react" })).toMatchObject({ count: 1 });
    expect(await client.query(api.notes.counter, { name: "react" })).toBe(1);
    stop();
    await client.close();
  });
});

describe("identity on a socket", () => {
  it("is that of the token, and changes what queries answer", async () => {
    const client = world.live();
    const who: (string | null)[] = [];
    client.onUpdate(api.notes.whoami, {}, (identity) => who.push(identity?.subject ?? null));
    await eventually(() => who.length, (count) => count > 0);
    const token = await world.signer.sign("carol");
    client.setAuth(() => Promise.resolve(token));
    await eventually(() => who.at(-1), (last) => last === "carol");
  });

  it("is refused with an AuthError when the token is bad", async () => {
    const { send, received, closed } = await rawSocket(world.backend);
    send(connect("bad-token"));
    send({ type: "Authenticate", tokenType: "User", value: "not.a.token", baseVersion: 0 });
    await closed;
    expect(received.at(-1)).toMatchObject({ type: "AuthError", baseVersion: 0, authUpdateAttempted: true });
  });

  it("ends with its token: the client is told and asks for a new one", async () => {
    const client = world.live();
    const who: (string | null)[] = [];
    let asked = 0;
    // A token that is over at once but for the tolerance of clocks; every later one is good.
    client.setAuth(async () => world.signer.sign(`dave${++asked}`, asked === 1 ? -3 : 3600));
    client.onUpdate(api.notes.whoami, {}, (identity) => who.push(identity?.subject ?? null));
    await eventually(() => who.at(-1), (last) => last !== null && last !== undefined && last !== "dave1");
    expect(asked).toBeGreaterThan(1);
  });

  it("lets an administrator call anything, also in somebody's name", async () => {
    const { send, received } = await rawSocket(world.backend);
    send(connect("admin"));
    send({ type: "Authenticate", tokenType: "Admin", value: ADMIN_KEY, baseVersion: 0, impersonating: { subject: "erin", issuer: "test", tokenIdentifier: "test|erin" } });
    send({
      type: "ModifyQuerySet",
      baseVersion: 0,
      newVersion: 1,
      modifications: [
        { type: "Add", queryId: 0, udfPath: "notes:secret", args: [{}] },
        { type: "Add", queryId: 1, udfPath: "notes:whoami", args: [{}] },
      ],
    });
    const updates = await eventually(
      () => received.flatMap((message) => (message.type === "Transition" ? (message["modifications"] as { queryId: number; value: unknown }[]) : [])),
      ({ length }) => length === 2,
    );
    expect(updates.map(({ value }) => value)).toEqual(["internal", expect.objectContaining({ subject: "erin" })]);
  });
});

describe("a client that does not read", () => {
  it("is told what holds when it reads again, and not all that held between", async () => {
    for (let at = 0; at < 4; at++) await world.http().mutation(api.notes.add, { owner: "wide", body: "x".repeat(900_000), rank: -1 });
    const { send, received, pause, resume } = await rawSocket(world.backend);
    const told = (): number[] =>
      received.flatMap((message) => (message.type === "Transition" ? (message["modifications"] as { value: unknown[] }[]).map(({ value }) => value.length) : []));
    send(connect("slow"));
    send({ type: "ModifyQuerySet", baseVersion: 0, newVersion: 1, modifications: [{ type: "Add", queryId: 0, udfPath: "notes:byOwner", args: [{ owner: "wide" }] }] });
    await eventually(told, ({ length }) => length === 1);
    pause();
    const seen: number[] = [];
    world.live().onUpdate(api.notes.byOwner, { owner: "wide" }, ({ length }) => seen.push(length));
    const [changes, last] = [15, 19];
    for (let rank = 0; rank < changes; rank++) {
      await world.http().mutation(api.notes.add, { owner: "wide", body: "small", rank });
      await eventually(() => seen.at(-1), (length) => length === 5 + rank);
    }
    resume();
    await eventually(() => told().at(-1), (length) => length === last);
    expect(told().length).toBeLessThan(changes / 2 + 2);
  });
});
