/** What one row of `syncJobs` is asked to do. */
export const JOB_TYPES = [
  "full_sync",
  "incremental_sync",
  "webhook_sync",
  "polling_sync",
  "push_event",
  "renew_subscription",
  "refresh_calendar_list",
] as const;
export type JobType = (typeof JOB_TYPES)[number];

/** Most urgent first. */
export const JOB_PRIORITIES = ["critical", "high", "medium", "low"] as const;
export type JobPriority = (typeof JOB_PRIORITIES)[number];
