import { defineComponent } from "convex/server";
import { v } from "convex/values";

export default defineComponent("ledger", { env: { BRANCH: v.string(), CURRENCY: v.optional(v.string()) } });
