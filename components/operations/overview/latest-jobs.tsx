"use client";

import { usePaginatedQuery } from "convex/react";
import Link from "next/link";
import { api } from "@/convex/_generated/api";
import { Nothing, Panel } from "../frame/panel";
import type { Scope } from "../frame/scope";
import { JobSheet } from "../jobs/job-sheet";
import { JobTable } from "../jobs/job-table";
import { useOpenJob } from "../jobs/job-url";

const SHOWN = 8;
const ALL = { status: null, type: null, provider: null };

/** The newest jobs, live. */
export function LatestJobs({ scope }: { scope: Scope }) {
  const [openId, setOpenId] = useOpenJob();
  const { results, status } = usePaginatedQuery(api.monitoring.jobs.list.list, { scope, ...ALL }, { initialNumItems: SHOWN });
  const rows = {
    results: results.slice(0, SHOWN),
    status: status === "LoadingFirstPage" ? status : ("Exhausted" as const),
    loadMore: () => undefined,
  };
  return (
    <Panel
      title="Latest jobs"
      aside={
        <Link href={`/operations/jobs${scope === "deployment" ? "?scope=deployment" : ""}`} className="text-12 text-fg-2 underline underline-offset-2 hover:text-fg">
          All jobs
        </Link>
      }
    >
      <JobTable
        label="Latest jobs"
        rows={rows}
        openId={openId}
        onOpen={setOpenId}
        empty={<Nothing title="No job yet">Connect an account, and the work for it appears here as it happens.</Nothing>}
      />
      <JobSheet />
    </Panel>
  );
}
