"use client";

import { useSyncExternalStore } from "react";
import { RelativeTime } from "@/components/time/relative-time";
import { subscribeToSeconds } from "@/components/time/ticker";
import { durationLabel } from "../duration";
import { type JobRow, ranMs } from "./job-words";

function Running({ since }: { since: number }) {
  return useSyncExternalStore(subscribeToSeconds, () => durationLabel(Math.max(0, Math.floor((Date.now() - since) / 1_000) * 1_000)));
}

/** How long a job took, runs already, or has still to wait. */
export function JobTime({ job }: { job: Pick<JobRow, "status" | "scheduledAt" | "startedAt" | "completedAt"> }) {
  if (job.status === "processing" && job.startedAt !== null) return <Running since={job.startedAt} />;
  if (job.status === "pending" || job.status === "retry") return <RelativeTime at={job.scheduledAt} form="until" />;
  const took = ranMs(job);
  return took === null ? "–" : durationLabel(took);
}
