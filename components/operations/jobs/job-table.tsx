"use client";

import type { ReactNode } from "react";
import { RelativeTime } from "@/components/time/relative-time";
import { type Column, EndlessTable } from "../table/endless-table";
import type { EndlessRows } from "../table/endless-rows";
import { Attempts, Priority, StatusBadge } from "./job-marks";
import { JobTime } from "./job-time";
import { aboutOf, type JobRow, resultOf } from "./job-words";

interface JobTableProps {
  label: string;
  rows: EndlessRows<JobRow>;
  openId: string | null;
  onOpen: (jobId: string) => void;
  empty: ReactNode;
}

/** Jobs, the newest first; each opens beside the table. */
export function JobTable({ label, rows, openId, onOpen, empty }: JobTableProps) {
  const columns: Column<JobRow>[] = [
    {
      heading: "Type",
      width: "minmax(172px, 1.1fr)",
      cell: (job) => (
        <button type="button" className="max-w-full truncate font-mono text-12 outline-offset-2" onClick={() => onOpen(job.jobId)}>
          {job.type}
        </button>
      ),
    },
    { heading: "For", width: "minmax(112px, 1.4fr)", cell: aboutOf },
    { heading: "Provider", width: "116px", minor: true, cell: (job) => <span className="text-fg-2">{job.providerLabel ?? "–"}</span> },
    { heading: "Priority", width: "92px", minor: true, cell: (job) => <Priority priority={job.priority} /> },
    { heading: "Status", width: "96px", cell: (job) => <StatusBadge status={job.status} /> },
    { heading: "Attempts", width: "116px", minor: true, cell: (job) => <Attempts job={job} /> },
    { heading: "Time", width: "92px", align: "end", cell: (job) => <JobTime job={job} /> },
    { heading: "Result", width: "minmax(96px, 1.1fr)", cell: (job) => <span className="text-fg-2">{resultOf(job)}</span> },
    { heading: "Asked for", width: "76px", align: "end", cell: (job) => <RelativeTime at={job.createdAt} form="short" /> },
  ];
  return (
    <EndlessTable
      label={label}
      rows={rows}
      keyOf={(job) => job.jobId}
      columns={columns}
      card={(job) => <JobCard job={job} onOpen={onOpen} />}
      onOpen={(job) => onOpen(job.jobId)}
      selectedKey={openId}
      empty={empty}
    />
  );
}

/** A job on a small screen. */
export function JobCard({ job, onOpen }: { job: JobRow; onOpen: (jobId: string) => void }) {
  return (
    <div className="flex flex-col gap-0.5">
      <div className="flex items-center gap-2">
        <button type="button" className="min-w-0 truncate font-mono text-12 font-medium" onClick={() => onOpen(job.jobId)}>
          {job.type}
        </button>
        <span className="ml-auto">
          <StatusBadge status={job.status} />
        </span>
      </div>
      <div className="flex items-center gap-2">
        <span className="min-w-0 truncate">{aboutOf(job)}</span>
        <span className="ml-auto text-fg-2">
          <Attempts job={job} />
        </span>
      </div>
      <div className="flex items-center gap-2 text-fg-2">
        <span className="min-w-0 truncate">{resultOf(job) || job.providerLabel}</span>
        <span className="ml-auto whitespace-nowrap tabular-nums">
          <JobTime job={job} />
        </span>
      </div>
    </div>
  );
}
