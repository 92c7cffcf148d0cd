import { mutation, query } from "./_generated/server";

export const globals = query({
  args: {},
  handler: async () => {
    const tried = (name: string, call: () => unknown): string => {
      try {
        return `${name}:${String(call())}`;
      } catch (error) {
        return `${name}:threw ${error instanceof Error ? error.message.slice(0, 40) : "?"}`;
      }
    };
    const outside = globalThis as unknown as Record<string, unknown>;
    const first = Date.now();
    let sum = 0;
    for (let i = 0; i < 100_000; i++) sum += i;
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode("x"));
    return {
      buffer: typeof outside["Buffer"],
      require: typeof outside["require"],
      processKeys: Object.keys(outside["process"] as object),
      fetch: tried("fetch", () => (outside["fetch"] as (url: string) => unknown)("http://127.0.0.1")),
      timeout: tried("setTimeout", () => (outside["setTimeout"] as (f: () => void, ms: number) => unknown)(() => undefined, 1)),
      frozen: first === Date.now() && first === new Date().getTime() && sum > 0,
      random: Math.random() !== Math.random(),
      digest,
      key: await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, true, ["encrypt"]).then(() => "made", (error: Error) => error.message),
      date: new Date(0).toISOString(),
      localDate: new Date(2026, 0, 1).toISOString(),
    };
  },
});

export const spin = query({
  args: {},
  handler: () => {
    for (;;);
  },
});

export const spinAsync = mutation({
  args: {},
  handler: async () => {
    for (;;) await Promise.resolve();
  },
});

export const envValue = query({ args: {}, handler: () => process.env["FIXTURE_VALUE"] ?? null });

const atLoad = process.env["FIXTURE_VALUE"] ?? null;
export const envAtLoad = query({ args: {}, handler: () => atLoad });

export const logs = query({
  args: {},
  handler: () => {
    console.log("hello", { a: 1 });
    return null;
  },
});
