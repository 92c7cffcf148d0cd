import { describe, expect, it } from "vitest";
import { createCallMeter } from "./call-meter";
import { CallRefused, outgoingCalls } from "./outgoing-calls";
import type { ProviderFailure } from "./port";

const FULL: ProviderFailure = { kind: "rateLimited", code: "budget_spent", message: "Enough for now.", action: "Nothing to do.", retryAfterMs: 5_000 };

describe("outgoing calls", () => {
  it("are counted whatever comes of them, once their place in the budget is theirs", async () => {
    const places = [null, null, FULL];
    const sent: unknown[] = [];
    const meter = createCallMeter();
    const fetch = outgoingCalls(
      async (input) => {
        sent.push(input);
        if (sent.length === 2) throw new Error("cut off");
        return new Response();
      },
      { reserveCall: async () => places.shift() ?? null, meter },
    );
    await fetch("https://a.example/1");
    await expect(fetch("https://a.example/2")).rejects.toThrow("cut off");
    const refused = await fetch("https://a.example/3").catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(CallRefused);
    expect(refused).toMatchObject({ failure: FULL });
    expect([sent.length, meter.cost().apiCalls]).toEqual([2, 2]);
  });
});
