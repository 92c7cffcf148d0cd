import type { JobType } from "./job";

/** How often a job is tried again after its first failure. */
export const MAX_RETRIES: Readonly<Record<JobType, number>> = {
  full_sync: 3,
  incremental_sync: 5,
  webhook_sync: 7,
  polling_sync: 2,
  push_event: 5,
  renew_subscription: 5,
  refresh_calendar_list: 3,
};

/**
 * Retries for a job of this type. `cap` is the text of `SYNC_MAX_RETRIES`: where it is a whole number ≥ 0 no type
 * gets more than that; anything else is no cap.
 */
export function maxRetries(type: JobType, cap?: string): number {
  const limit = cap !== undefined && /^\d{1,4}$/.test(cap.trim()) ? Number(cap) : Infinity;
  return Math.min(MAX_RETRIES[type], limit);
}

/** Whether a job that has just failed for the `attempt`-th time (1 = first) may be tried again. */
export function mayRetry(attempt: number, retries: number): boolean {
  return attempt <= retries;
}
