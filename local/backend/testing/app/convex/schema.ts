import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";

export default defineSchema({
  notes: defineTable({
    body: v.string(),
    owner: v.optional(v.string()),
    rank: v.number(),
    tags: v.optional(v.array(v.string())),
  })
    .index("by_owner_rank", ["owner", "rank"])
    .index("by_rank", ["rank"]),
  counters: defineTable({ name: v.string(), value: v.number() }).index("by_name", ["name"]),
});
