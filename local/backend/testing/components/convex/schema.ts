import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";

export default defineSchema({
  entries: defineTable({ label: v.string() }),
  outcomes: defineTable({ job: v.string(), kind: v.string(), value: v.any() }).index("by_job", ["job"]),
});
