import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";

export default defineSchema({
  items: defineTable({ group: v.number(), rank: v.number(), title: v.string(), startAt: v.number(), done: v.boolean() })
    .index("by_rank", ["rank"])
    .index("by_group_rank", ["group", "rank"]),
});
