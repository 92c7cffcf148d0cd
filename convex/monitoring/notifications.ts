import { paginationOptsValidator, paginationResultValidator, type PaginationResult } from "convex/server";
import { v, type Infer } from "convex/values";
import { query } from "../_generated/server";
import { findReader, scope } from "./access";
import { nothing } from "./pages";

const row = v.object({
  notificationId: v.string(),
  provider: v.string(),
  providerLabel: v.string(),
  connectionLabel: v.union(v.string(), v.null()),
  calendarName: v.union(v.string(), v.null()),
  /** What the provider said: `changed`, `sync`, `missed`, … */
  kind: v.string(),
  receivedAt: v.number(),
  /** What became of it: work was asked for, work that waited was joined, or it had no effect. */
  outcome: v.union(v.literal("enqueued"), v.literal("joined"), v.literal("ignored")),
  /** When what it announced was on screen; null until then. */
  appliedAt: v.union(v.number(), v.null()),
});

/** Accepted notifications, the newest first. */
export const list = query({
  args: { scope, paginationOpts: paginationOptsValidator },
  returns: paginationResultValidator(row),
  handler: async (ctx, { scope: of }): Promise<PaginationResult<Infer<typeof row>>> => {
    await findReader(ctx, of);
    return nothing();
  },
});
