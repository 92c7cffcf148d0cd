import { createServer, type RequestListener, type Server } from "node:http";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

const TOKEN = "the-health-token-that-nobody-guesses";
const servers: Server[] = [];

/** A deployment that answers every query like this; its address. */
async function deployment(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
}

const answering = (syncing: boolean, calls: { count: number }): RequestListener => (_, response) => {
  calls.count += 1;
  const value = { syncing, queue: { oldestMs: null, processing: 0, failed: 2 }, webhooks: { received: 0, refused: 0 }, providers: [], openAlerts: 1 };
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ status: "success", value, logLines: [] }));
};

/** The check of a web server that has just started. */
async function freshCheck(url: string) {
  vi.stubEnv("CONVEX_URL", url);
  vi.resetModules();
  const { GET } = await import("./route");
  return async (token?: string) => {
    const headers: HeadersInit = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const response = await GET(new Request("http://lineartime.test/api/health/sync", { headers }));
    return { status: response.status, cache: response.headers.get("cache-control"), body: (await response.json()) as Record<string, unknown> };
  };
}

beforeEach(() => {
  vi.stubEnv("LINEARTIME_SERVER_SECRET", "a secret of more than thirty-two bytes, for sure");
  vi.stubEnv("HEALTH_TOKEN", TOKEN);
  vi.spyOn(console, "error").mockImplementation(() => undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

describe("the health check", () => {
  it("says up or down and no more to the public, and asks once for many", async () => {
    const calls = { count: 0 };
    const check = await freshCheck(await deployment(answering(true, calls)));
    const answers = await Promise.all(Array.from({ length: 50 }, () => check()));
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
      new Set([JSON.stringify({ status: 200, cache: "public, max-age=10", body: { status: "up" } })]),
    );
    expect(calls.count).toBe(1);
  });

  it("gives details to whoever knows the token", async () => {
    const check = await freshCheck(await deployment(answering(true, { count: 0 })));
    const { status, cache, body } = await check(TOKEN);
    expect({ status, cache }).toEqual({ status: 200, cache: "no-store" });
    expect(body).toMatchObject({ status: "up", database: { reachable: true }, queue: { failed: 2 }, openAlerts: 1 });
  });

  it("refuses another token, and any where none is set", async () => {
    const url = await deployment(answering(true, { count: 0 }));
    expect(await (await freshCheck(url))("guess")).toMatchObject({ status: 401 });
    vi.stubEnv("HEALTH_TOKEN", "");
    expect(await (await freshCheck(url))("guess")).toMatchObject({ status: 401 });
  });

  it("says down where nobody takes up the work", async () => {
    const check = await freshCheck(await deployment(answering(false, { count: 0 })));
    expect(await check()).toMatchObject({ status: 503, body: { status: "down" } });
  });

  it("says down, soon, where the deployment is not there or hangs", async () => {
    const began = performance.now();
    for (const url of ["http://127.0.0.1:1", await deployment(() => undefined)]) {
      const check = await freshCheck(url);
      expect(await check()).toMatchObject({ status: 503, body: { status: "down" } });
      expect(await check(TOKEN)).toMatchObject({ status: 503, body: { database: { reachable: false } } });
    }
    expect(performance.now() - began).toBeLessThan(8_000);
  });
});
