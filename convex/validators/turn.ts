import { v } from "convex/values";
import { SAMPLE_OUTCOMES } from "../../lib/monitoring/rollup";
import { jobType, syncType } from "./job";
import { oneOf } from "./words";

/** One measured end of a job's turn. */
export const turn = v.object({
  type: jobType,
  /** What was read; null where the turn did not get that far. */
  syncType: v.union(syncType, v.null()),
  outcome: oneOf(SAMPLE_OUTCOMES),
  /** From when it was due to when it was claimed, and from there to its end; milliseconds. */
  waitMs: v.number(),
  runMs: v.number(),
  /** Events written or deleted. */
  changes: v.number(),
  /** HTTP calls to the provider, and what they took together in milliseconds. */
  apiCalls: v.number(),
  callMs: v.number(),
  /** Code of what stopped it; null where nothing did. */
  errorCode: v.union(v.string(), v.null()),
  at: v.number(),
});

export const callsByType = v.object({ type: jobType, turns: v.number(), apiCalls: v.number() });

export const resultsBySyncType = v.object({ syncType, turns: v.number(), changes: v.number(), apiCalls: v.number() });

export const resultsByProvider = v.object({
  provider: v.string(),
  turns: v.number(),
  failures: v.number(),
  apiCalls: v.number(),
  callMs: v.number(),
});
