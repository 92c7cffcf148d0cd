import { beforeEach, describe, expect, it, vi } from "vitest";

const serverMutation = vi.hoisted(() => vi.fn<(fn: unknown, args: Record<string, string>) => Promise<string>>());
vi.mock("../../convex-server", () => ({ serverMutation }));
const { POST } = await import("./route");

const HEADERS = { "svix-id": "msg_1", "svix-timestamp": "1800000000", "svix-signature": "v1,abc" };
const BODY = '{"type": "user.created", "data": {"name": "Zoë"}}';
const post = (body: BodyInit = BODY, headers: Record<string, string> = HEADERS) =>
  POST(new Request("https://calendar.example.com/api/webhooks/clerk", { method: "POST", body, headers }));
const said = async (response: Response) => [response.status, await response.text()];

beforeEach(() => {
  serverMutation.mockReset().mockResolvedValue("accepted");
  vi.spyOn(console, "error").mockImplementation(() => undefined);
});

describe("the webhook of Clerk", () => {
  it("hands on the body byte for byte", async () => {
    expect(await said(await post())).toEqual([200, '{"ok":true}']);
    expect(serverMutation.mock.calls[0]?.[1]).toEqual({
      deliveryId: "msg_1",
      timestamp: "1800000000",
      signature: "v1,abc",
      body: BODY,
    });
  });

  it("answers what the deployment says", async () => {
    serverMutation.mockResolvedValue("refused");
    expect(await said(await post())).toEqual([401, '{"ok":false}']);
    serverMutation.mockResolvedValue("malformed");
    expect(await said(await post())).toEqual([400, '{"ok":false}']);
  });

  it("answers 503 when the deployment cannot be reached, and logs nothing of the message", async () => {
    serverMutation.mockRejectedValue(new Error("fetch failed"));
    expect(await said(await post())).toEqual([503, '{"ok":false}']);
    expect(JSON.stringify(vi.mocked(console.error).mock.calls)).not.toMatch(/Zoë|v1,abc/);
  });

  it.each<[string, Record<string, string>]>([
    ["no id", { "svix-id": "" }],
    ["an id with a dot", { "svix-id": "msg.1" }],
    ["no time", { "svix-timestamp": "" }],
    ["a time with junk", { "svix-timestamp": "1800000000junk" }],
    ["no signature", { "svix-signature": "" }],
  ])("turns away %s without asking the deployment", async (_, change) => {
    expect((await post(BODY, { ...HEADERS, ...change })).status).toBe(400);
    expect(serverMutation).not.toHaveBeenCalled();
  });

  it.each<[string, BodyInit]>([
    ["nothing", ""],
    ["no JSON", "{"],
    ["a list", "[]"],
    ["a text", '"user.created"'],
    ["bytes that are no UTF-8", new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
    ["a byte-order mark", `\uFEFF${BODY}`],
  ])("turns away a body with %s", async (_, body) => {
    expect((await post(body)).status).toBe(400);
    expect(serverMutation).not.toHaveBeenCalled();
  });

  it("stops reading at 256 KB, whatever the length is said to be", async () => {
    expect((await post("x".repeat(5 * 1024 * 1024))).status).toBe(413);
    expect((await post(BODY, { ...HEADERS, "content-length": "300000" })).status).toBe(413);
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        pulled += 1;
        controller.enqueue(new Uint8Array(64 * 1024));
      },
    });
    const request = { method: "POST", body: endless, headers: HEADERS, duplex: "half" };
    expect((await POST(new Request("https://calendar.example.com/api/webhooks/clerk", request))).status).toBe(413);
    expect(pulled).toBeLessThan(10);
    expect(serverMutation).not.toHaveBeenCalled();
  });

  it("takes a body of exactly 256 KB", async () => {
    const filled = JSON.stringify({ type: "x", filler: "" });
    const body = filled.replace('""', `"${"y".repeat(256 * 1024 - filled.length)}"`);
    expect((await post(body)).status).toBe(200);
  });
});
