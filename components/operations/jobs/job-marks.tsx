import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/class-names";
import type { JobPriority } from "@/lib/queue/job";
import type { JobStatus } from "@/lib/queue/states";
import { type JobRow, STATUS_WORDS } from "./job-words";

export function StatusBadge({ status }: { status: JobStatus }) {
  const { label, tone } = STATUS_WORDS[status];
  return <Badge tone={tone}>{label}</Badge>;
}

const BARS: Readonly<Record<JobPriority, number>> = { critical: 3, high: 3, medium: 2, low: 1 };
const HEIGHTS = ["h-1", "h-[7px]", "h-2.5"];

/** A priority as rising bars with its word. */
export function Priority({ priority }: { priority: JobPriority }) {
  return (
    <span className="inline-flex items-center gap-2">
      <span aria-hidden="true" className="inline-flex items-end gap-px">
        {HEIGHTS.map((height, index) => (
          <i
            key={height}
            className={cn("w-[3px] rounded-[1px]", height, index >= BARS[priority] ? "bg-line-strong" : priority === "critical" ? "bg-bad" : "bg-fg-2")}
          />
        ))}
      </span>
      {priority[0]?.toUpperCase()}
      {priority.slice(1)}
    </span>
  );
}

/** Failed attempts of those it may have, as a count and, while there is room, as squares. */
export function Attempts({ job }: { job: Pick<JobRow, "attempt" | "maxRetries" | "status"> }) {
  const most = job.maxRetries + 1;
  const begun = Math.min(most, job.attempt + (job.status === "processing" || job.status === "completed" ? 1 : 0));
  return (
    <span className="inline-flex items-center gap-2 whitespace-nowrap tabular-nums">
      {begun} of {most}
      <span aria-hidden="true" className="inline-flex gap-px">
        {Array.from({ length: most }, (_, index) => (
          <i key={index} className={cn("size-[5px] rounded-[1px]", colorOf(job, index))} />
        ))}
      </span>
    </span>
  );
}

function colorOf({ attempt, status }: Pick<JobRow, "attempt" | "status">, index: number): string {
  if (index < attempt) return "bg-bad";
  if (index > attempt) return "bg-active";
  if (status === "processing") return "bg-accent";
  return status === "completed" ? "bg-ok" : "bg-active";
}
