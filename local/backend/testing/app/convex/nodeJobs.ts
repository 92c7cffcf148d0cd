"use node";
import { createHash } from "node:crypto";
import { v } from "convex/values";
import { api } from "./_generated/api";
import { action } from "./_generated/server";

export const digest = action({
  args: { text: v.string() },
  handler: async (ctx, { text }): Promise<{ hex: string; env: string | null; count: number }> => {
    const count: number = await ctx.runQuery(api.notes.counter, { name: text });
    return { hex: createHash("sha256").update(Buffer.from(text)).digest("hex"), env: process.env["FIXTURE_VALUE"] ?? null, count };
  },
});

export const fail = action({ args: {}, handler: () => Promise.reject(new Error("not on Node either")) });
