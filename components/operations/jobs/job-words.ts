import type { FunctionReturnType } from "convex/server";
import type { api } from "@/convex/_generated/api";
import type { JobType } from "@/lib/queue/job";
import type { JobStatus } from "@/lib/queue/states";

/** A job as a list has it. */
export type JobRow = FunctionReturnType<typeof api.monitoring.jobs.list.list>["page"][number];
/** A job with all that is known of it. */
export type JobDetails = NonNullable<FunctionReturnType<typeof api.monitoring.jobs.inspect.get>>;

type Tone = "neutral" | "accent" | "ok" | "warn" | "bad";

export const STATUS_WORDS: Readonly<Record<JobStatus, { label: string; tone: Tone; means: string }>> = {
  pending: { label: "Pending", tone: "neutral", means: "It waits for its turn." },
  processing: { label: "Processing", tone: "accent", means: "It runs now." },
  retry: { label: "Retry", tone: "warn", means: "It failed and is tried again by itself." },
  completed: { label: "Completed", tone: "ok", means: "All there was to do is done." },
  failed: { label: "Failed", tone: "bad", means: "It was given up and waits for a decision." },
  cancelled: { label: "Cancelled", tone: "neutral", means: "It was ended before its time, or other work took its place." },
};

export const TYPE_WORDS: Readonly<Record<JobType, string>> = {
  full_sync: "Reads a calendar in full",
  incremental_sync: "Reads what has changed in a calendar",
  webhook_sync: "Reads what a notification announced",
  polling_sync: "Looks whether something has changed",
  push_event: "Writes a change to the provider",
  renew_subscription: "Renews a push channel",
  refresh_calendar_list: "Reads an account's list of calendars",
};

/** What a run read. */
export const READ_WORDS: Readonly<Record<NonNullable<JobDetails["result"]>["syncType"], string>> = {
  full: "the whole calendar",
  polling: "what had changed",
  webhook: "what was announced",
  list: "the list of calendars",
  verification: "what had changed, to be sure",
  channel: "nothing, a channel was opened",
};

/** What a job works on, in a few words. */
export function aboutOf(job: Pick<JobRow, "calendarName" | "connectionLabel">): string {
  return job.calendarName ?? job.connectionLabel ?? "An account that is gone";
}

/** How long the turn under way has run, or the last one took, in milliseconds; null before the first. */
export function ranMs({ startedAt, completedAt }: Pick<JobRow, "startedAt" | "completedAt">): number | null {
  return startedAt === null || completedAt === null || completedAt < startedAt ? null : completedAt - startedAt;
}

/** What has come of it, in a few words. */
export function resultOf(job: Pick<JobRow, "status" | "changes" | "errorCode">): string {
  if (job.errorCode !== null) return job.errorCode;
  if (job.changes === null) return "";
  if (job.changes === 0) return "No change";
  return job.changes === 1 ? "1 change" : `${job.changes.toLocaleString("en")} changes`;
}
