"use client";

import { usePaginatedQuery } from "convex/react";
import { api } from "@/convex/_generated/api";
import { Nothing, Panel } from "../frame/panel";
import { useScope } from "../frame/scope";
import { TablePage } from "../frame/scrolling-page";
import { PAGE_ROWS } from "../table/endless-rows";
import { JobFilters } from "./job-filters";
import { JobSheet } from "./job-sheet";
import { JobTable } from "./job-table";
import { useJobFilters, useOpenJob } from "./job-url";

/** Every job: what waits, runs and has ended. */
export function JobsScreen() {
  const [scope] = useScope();
  const [{ status, type, provider }] = useJobFilters();
  const [openId, setOpenId] = useOpenJob();
  const rows = usePaginatedQuery(api.monitoring.jobs.list.list, { scope, status, type, provider }, { initialNumItems: PAGE_ROWS });
  const isNarrowed = status !== null || type !== null || provider !== null;
  return (
    <TablePage>
      <Panel title="Jobs" aside={
          <span className="flex gap-2">
            <JobFilters withStatus />
          </span>
        } className="min-h-0 max-h-full">
        <JobTable
          label="Jobs"
          rows={rows}
          openId={openId}
          onOpen={setOpenId}
          empty={
            isNarrowed ? (
              <Nothing title="No job is like this">Take a filter away to see more.</Nothing>
            ) : (
              <Nothing title="No job yet">Connect an account, and the work for it appears here as it happens.</Nothing>
            )
          }
        />
      </Panel>
      <JobSheet />
    </TablePage>
  );
}
