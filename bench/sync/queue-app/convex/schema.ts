import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";
import product from "../../../../convex/schema";

export default defineSchema({
  ...product.tables,
  /** A job that was done: what a job of this bench does is to write one. */
  doneJobs: defineTable({ queue: v.union(v.literal("ours"), v.literal("pool")), label: v.string(), waitMs: v.number() }).index("by_queue_label", ["queue", "label"]),
});
