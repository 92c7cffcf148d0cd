import { JOB_PRIORITIES, type JobPriority } from "./job";

/**
 * Jobs are claimed in the order of `scheduledAt + offset`. The offset is how long a job of this priority lets
 * critical ones pass before it; after that it has aged into their rank, so nothing starves.
 */
export const PRIORITY_OFFSET_MS: Readonly<Record<JobPriority, number>> = {
  critical: 0,
  high: 15_000,
  medium: 60_000,
  low: 300_000,
};

/** The key of the claim order, epoch milliseconds. */
export function claimOrderAt(scheduledAt: number, priority: JobPriority): number {
  return scheduledAt + PRIORITY_OFFSET_MS[priority];
}

export function moreUrgent(one: JobPriority, other: JobPriority): JobPriority {
  return JOB_PRIORITIES.indexOf(one) < JOB_PRIORITIES.indexOf(other) ? one : other;
}
