import { paginationOptsValidator, paginationResultValidator, type PaginationResult } from "convex/server";
import { v, type Infer } from "convex/values";
import { query } from "../_generated/server";
import { findReader, scope } from "./access";
import { nothing } from "./pages";

const row = v.object({
  subscriptionId: v.string(),
  provider: v.string(),
  providerLabel: v.string(),
  /** The account's name. */
  connectionLabel: v.union(v.string(), v.null()),
  /** One's own calendar's name; null for a list of calendars, and for everybody else's. */
  calendarName: v.union(v.string(), v.null()),
  /** `active`: notifications come; `renewing`: a fresh one is being made; `polling`: given up for now, the calendar is polled. */
  status: v.union(v.literal("active"), v.literal("renewing"), v.literal("polling")),
  createdAt: v.number(),
  /** Null where it never ends. */
  expiresAt: v.union(v.number(), v.null()),
  lastNotificationAt: v.union(v.number(), v.null()),
  /** Failures in a row, and the last one's code. */
  failures: v.number(),
  lastErrorCode: v.union(v.string(), v.null()),
});

/** Push channels, those that end soonest first. */
export const list = query({
  args: { scope, paginationOpts: paginationOptsValidator },
  returns: paginationResultValidator(row),
  handler: async (ctx, { scope: of }): Promise<PaginationResult<Infer<typeof row>>> => {
    await findReader(ctx, of);
    return nothing();
  },
});
