import { defineTable } from "convex/server";
import { v } from "convex/values";

export const upkeep = {
  /** How far rows that an earlier version stored have been brought up to date. Written and read by the upgrades themselves. */
  upgrades: defineTable({
    name: v.string(),
    cursor: v.union(v.string(), v.null()),
    done: v.boolean(),
  }).index("by_name", ["name"]),
};
