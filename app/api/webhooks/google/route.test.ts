import { beforeEach, describe, expect, it, vi } from "vitest";
import { proofOf } from "@/lib/channels/proof";
const handedOn = vi.hoisted(() => vi.fn());
vi.mock("../../convex-server", () => ({
  serverMutation: async (_: unknown, { notifications }: { notifications: unknown[] }) => await Promise.all(notifications.map(handedOn)),
}));

const HEADERS = {
  "X-Goog-Channel-ID": "0f7d9a2e-2f4a-4d2e-9d2b-1f0f3f9b7a11",
  "X-Goog-Channel-Token": "the-token-of-the-channel",
  "X-Goog-Message-Number": "12",
  "X-Goog-Resource-ID": "resource",
  "X-Goog-Resource-State": "exists",
};
type Route = Record<"GET" | "POST", (request: Request) => Promise<Response>>;
let { GET, POST }: Route = {} as never;
const post = (headers: Record<string, string>, body: BodyInit | null = null) =>
  POST(new Request("https://time.example.com/api/webhooks/google", { method: "POST", headers, body }));

beforeEach(async () => {
  vi.resetModules();
  ({ GET, POST } = await import("./route"));
  handedOn.mockReset().mockResolvedValue("accepted");
  vi.stubEnv("LINEARTIME_SERVER_SECRET", "a server secret of at least 32 bytes");
  vi.spyOn(console, "error").mockImplementation(() => undefined);
});

describe("Google's notifications", () => {
  it("are handed on with what verifies them, and answered 200", async () => {
    expect((await post(HEADERS)).status).toBe(200);
    expect(handedOn.mock.lastCall?.[0]).toEqual({
      provider: "google",
      channelId: HEADERS["X-Goog-Channel-ID"],
      token: HEADERS["X-Goog-Channel-Token"],
      deliveryId: "12",
      tellsOfChange: true,
    });
    await post({ ...HEADERS, "X-Goog-Resource-State": "sync" });
    expect(handedOn.mock.lastCall?.[0]).toMatchObject({ tellsOfChange: false });
  });

  it("that do not verify get 401, the same for every reason", async () => {
    handedOn.mockResolvedValue("unknown");
    const refused = await post(HEADERS);
    expect(refused.status).toBe(401);
    expect(await refused.text()).toBe("");
  });

  it.each(Object.keys(HEADERS))("without %s, or with too much in it, get 400 and go no further", async (name) => {
    const missing: Record<string, string> = { ...HEADERS };
    delete missing[name];
    expect((await post(missing)).status).toBe(400);
    expect((await post({ ...HEADERS, [name]: "x".repeat(5_000) })).status).toBe(400);
    expect((await post({ ...HEADERS, [name]: "__proto__ \u00e9" })).status).toBe(400);
    expect(handedOn).not.toHaveBeenCalled();
  });

  it("with a body that is too large get 413", async () => {
    expect((await post(HEADERS, "x".repeat(300 * 1024))).status).toBe(413);
    expect(handedOn).not.toHaveBeenCalled();
  });

  it("with five megabytes are not read to their end, however they are announced", async () => {
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1;
        if (pulled > 80) controller.close();
        else controller.enqueue(new Uint8Array(64 * 1024));
      },
    });
    const request = new Request("https://time.example.com/api/webhooks/google", { method: "POST", headers: HEADERS, body: endless, duplex: "half" } as RequestInit);
    expect((await POST(request)).status).toBe(413);
    expect(pulled).toBeLessThan(10);
    expect(handedOn).not.toHaveBeenCalled();
  });

  it.each(['{"__proto__":{"polluted":true}}', "not JSON", "\u0000"])("may have any body: nothing of it is read (%j)", async (body) => {
    expect((await post(HEADERS, body)).status).toBe(200);
    expect(Object.keys(handedOn.mock.calls[0]?.[0] as object).sort()).toEqual(["channelId", "deliveryId", "provider", "tellsOfChange", "token"]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it("are let through in a flood of others that do not verify, which is turned away for a while", async () => {
    expect((await post({ ...HEADERS, "X-Goog-Channel-Token": "known" })).status).toBe(200);
    handedOn.mockImplementation(({ token }: { token: string }) => Promise.resolve(token === "known" ? "accepted" : "unknown"));
    const guesses = await Promise.all(Array.from({ length: 300 }, (_, index) => post({ ...HEADERS, "X-Goog-Channel-Token": `guess-${index}` })));
    expect(new Set(guesses.map(({ status }) => status))).toEqual(new Set([401]));
    const asked = handedOn.mock.calls.length;
    const next = await post({ ...HEADERS, "X-Goog-Channel-Token": "guess" });
    expect({ status: next.status, retryAfter: next.headers.get("retry-after") }).toEqual({ status: 503, retryAfter: "10" });
    expect(handedOn).toHaveBeenCalledTimes(asked);
    expect((await post({ ...HEADERS, "X-Goog-Channel-Token": "known" })).status).toBe(200);
  });

  it("get 503 while the deployment cannot be reached, so that they come again", async () => {
    handedOn.mockRejectedValue(new Error("fetch failed"));
    expect((await post(HEADERS)).status).toBe(503);
  });
});

describe("the challenge of our own deployment", () => {
  const get = (challenge: string) => GET(new Request(`https://time.example.com/api/webhooks/google?challenge=${encodeURIComponent(challenge)}`));

  it("is answered with what only this LinearTime knows", async () => {
    const challenge = "c".repeat(43);
    const answer = await get(challenge);
    expect(await answer.text()).toBe(await proofOf(challenge, "a server secret of at least 32 bytes"));
    expect(await proofOf(challenge, "another")).not.toBe(await proofOf(challenge, "a server secret of at least 32 bytes"));
  });

  it.each(["", "short", "x".repeat(65), "with spaces and more than sixteen"])("is refused when it is %j", async (challenge) => {
    expect((await get(challenge)).status).toBe(404);
  });
});
