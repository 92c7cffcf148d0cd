import type { JobStatus } from "../queue/states";
import type { JobType } from "../queue/job";

/** What a list of jobs is narrowed to; null leaves a field open. */
export interface JobFilter {
  status: JobStatus | null;
  type: JobType | null;
  provider: string | null;
}

/** The one field that an index narrows by. */
export type Narrowing =
  | { field: "status"; value: JobStatus }
  | { field: "type"; value: JobType }
  | { field: "provider"; value: string }
  | { field: null };

/**
 * Which field an index narrows by. The rest is looked at row by row: so what rows have in common least often comes
 * first.
 */
export function narrowedBy({ status, type, provider }: JobFilter): Narrowing {
  if (status !== null) return { field: "status", value: status };
  if (type !== null) return { field: "type", value: type };
  return provider === null ? { field: null } : { field: "provider", value: provider };
}

/** True for a row that a list shows. */
export function isWanted(
  row: { status: JobStatus; type: JobType; provider?: string | undefined },
  { status, type, provider }: JobFilter,
): boolean {
  return (
    (status === null || row.status === status) &&
    (type === null || row.type === type) &&
    (provider === null || row.provider === provider)
  );
}
