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
  things: defineTable({ value: v.optional(v.any()), tag: v.optional(v.string()), rank: v.number(), nested: v.optional(v.object({ inner: v.optional(v.any()) })) })
    .index("by_value", ["value"])
    .index("by_tag_rank", ["tag", "rank"])
    .index("by_nested", ["nested.inner"]),
  links: defineTable({ to: v.id("things") }),
  made: defineTable({ number: v.number(), id: v.string() }).index("by_number", ["number"]),
  samples: defineTable({ count: v.int64(), bytes: v.bytes(), measures: v.array(v.number()), note: v.id("notes") }),
  marks: defineTable({ writer: v.string(), number: v.number(), by: v.string(), job: v.optional(v.id("_scheduled_functions")) }).index("by_writer", ["writer", "number"]),
  counters: defineTable({ name: v.string(), value: v.number() }).index("by_name", ["name"]),
});
