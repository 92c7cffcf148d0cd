/** The life of a row of `syncJobs`. `failed` rows are the dead-letter queue. */
export const JOB_STATUSES = ["pending", "processing", "retry", "completed", "failed", "cancelled"] as const;
export type JobStatus = (typeof JOB_STATUSES)[number];

/**
 * Every change of status that may happen, and why:
 *
 * - `pending → processing` claimed; `retry → processing` claimed again when its time has come.
 * - `processing → completed`; `→ retry` after an error that may pass, or when its worker was lost;
 *   `→ failed` after one that may not, or when retries are used up; `→ pending` when a run stopped itself to
 *   go on later, which is no failure.
 * - anything unfinished `→ cancelled`.
 * - `failed → pending` replayed by a person; `failed → cancelled` discarded by one.
 */
export const JOB_TRANSITIONS: Readonly<Record<JobStatus, readonly JobStatus[]>> = {
  pending: ["processing", "cancelled"],
  processing: ["completed", "retry", "failed", "cancelled", "pending"],
  retry: ["processing", "cancelled"],
  completed: [],
  failed: ["pending", "cancelled"],
  cancelled: [],
};

/** Whether a job may go from one status to another. Staying where it is is not a transition. */
export function canTransition(from: JobStatus, to: JobStatus): boolean {
  return JOB_TRANSITIONS[from].includes(to);
}

/** The next status, or an Error that names the forbidden step: a bug in the caller, never a user's doing. */
export function transition(from: JobStatus, to: JobStatus): JobStatus {
  if (!canTransition(from, to)) throw new Error(`A sync job cannot go from ${from} to ${to}`);
  return to;
}
