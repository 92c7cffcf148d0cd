import { brotliCompressSync, constants, deflateSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { api } from "../testing/app/convex/_generated/api";
import { ADMIN_KEY, messageOf, startWorld, type World } from "../testing/harness";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.end());

interface Answer {
  status: number;
  body: unknown;
}

async function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  const sent = body instanceof Uint8Array ? Buffer.from(body) : JSON.stringify(body);
  const response = await fetch(`${world.backend.url}/api/${path}`, { method: "POST", body: sent, headers });
  return { status: response.status, body: await response.json() };
}

describe("the format of an answer", () => {
  const added = async (format?: string): Promise<unknown> => {
    const note = await world.http().mutation(api.notes.add, { body: "note", rank: 1 });
    await world.http().mutation(api.samples.add, { note });
    const { body } = await post("query", { path: "samples:withNotes", args: {}, ...(format === undefined ? {} : { format }) });
    return (body as { value: unknown[] }).value.at(-1);
  };

  it("is plain JSON unless the values are asked for as they are", async () => {
    const plain = { count: String(2n ** 53n + 1n), bytes: "AP8H", measures: ["NaN", -0, "Infinity", 1.5] };
    expect(await added()).toMatchObject(plain);
    expect(await added("json")).toMatchObject(plain);
    expect(await added("convex_encoded_json")).toMatchObject({ count: { $integer: "AQAAAAAAIAA=" }, bytes: { $bytes: "AP8H" } });
    expect(await post("query", { path: "notes:list", args: {}, format: "xml" })).toMatchObject({ status: 400, body: { message: expect.stringContaining("format") as string } });
  });

  it("is that of the data of an error too", async () => {
    expect(await post("mutation", { path: "samples:refuse", args: {} })).toMatchObject({ status: 560, body: { status: "error", errorData: { count: "7", bytes: "AQ==" } } });
    expect(await post("mutation", { path: "samples:refuse", args: {}, format: "convex_encoded_json" })).toMatchObject({ body: { errorData: { bytes: { $bytes: "AQ==" } } } });
  });
});

describe("a function in the address", () => {
  it("is called whatever its kind, with the right of the caller", async () => {
    expect(await post("run/notes/increment", { args: { name: "run" } })).toMatchObject({ status: 200, body: { status: "success", value: 1 } });
    expect(await post("run/notes/counter", { args: { name: "run" } })).toMatchObject({ body: { value: 1 } });
    expect(await post("run/nodeJobs/digest", { args: { text: "abc" } })).toMatchObject({ status: 200, body: { status: "success" } });
    expect(await post("run/notes/secret", { args: {} })).toMatchObject({ status: 560, body: { errorMessage: expect.stringContaining("Could not find public function for 'notes:secret'") as string } });
    expect(await post("run/notes/secret", { args: {} }, { Authorization: `Convex ${ADMIN_KEY}` })).toMatchObject({ body: { value: "internal" } });
    expect(await post("run/notes", { args: {} })).toMatchObject({ status: 400, body: { code: "MissingIdentifier" } });
  });
});

describe("consistent queries", () => {
  it("are of one moment, or say that it is gone", async () => {
    const http = world.http();
    expect(await http.consistentQuery(api.notes.counter, { name: "before" })).toBe(0);
    await world.http().mutation(api.notes.increment, { name: "after" });
    expect(await http.consistentQuery(api.notes.counter, { name: "before" })).toBe(0);
    expect(await messageOf(http.consistentQuery(api.notes.counter, { name: "after" }))).toContain("has changed since the moment");
    expect(await world.http().consistentQuery(api.notes.counter, { name: "after" })).toBe(1);
    expect(await post("query_at_ts", { path: "notes:list", args: {}, ts: "soon" })).toMatchObject({ status: 400 });
  });
});

describe("the encoding of a request", () => {
  const call = JSON.stringify({ path: "notes:counter", args: { name: "encoded" } });

  it.each([["br", brotliCompressSync(call)], ["gzip", gzipSync(call)], ["GZIP", gzipSync(call)], ["deflate", deflateSync(call)]])("may be %s", async (encoding, body) => {
    expect(await post("query", body, { "Content-Encoding": encoding })).toMatchObject({ status: 200, body: { value: 0 } });
  });

  it("must be known", async () => {
    expect(await post("query", Buffer.from(call), { "Content-Encoding": "zstd" })).toMatchObject({ status: 415, body: { message: expect.stringContaining("gzip") as string } });
    expect(await post("query", Buffer.from(call), { "Content-Encoding": "gzip" })).toMatchObject({ status: 400 });
  });

  it("cannot make much out of little: reading stops where a body is too large", async () => {
    const bomb = brotliCompressSync(Buffer.alloc(2 ** 28), { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });
    expect(await post("query", bomb, { "Content-Encoding": "br" })).toMatchObject({ status: 413 });
  });
});

describe("what can be asked for without a call", () => {
  it("is given back as it came", async () => {
    const bytes = Buffer.from([0, 255, 7]);
    expect(Buffer.from(await (await fetch(`${world.backend.url}/echo`, { method: "POST", body: bytes })).arrayBuffer())).toEqual(bytes);
  });

  it("can be asked for its head", async () => {
    const answer = await fetch(`${world.backend.url}/version`, { method: "HEAD" });
    expect([answer.status, await answer.text()]).toEqual([200, ""]);
  });
});
