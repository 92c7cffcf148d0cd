"use client";

import { usePaginatedQuery, useQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { Skeleton } from "@/components/ui/skeleton";
import { api } from "@/convex/_generated/api";
import { ALERT_KINDS } from "@/lib/monitoring/alert-kinds";
import { durationLabel } from "../duration";
import { Nothing, Panel } from "../frame/panel";
import { useScope } from "../frame/scope";
import { TablePage } from "../frame/scrolling-page";
import { Moment } from "../moment";
import { PAGE_ROWS } from "../table/endless-rows";
import { type Column, EndlessTable } from "../table/endless-table";
import { AlertRow } from "./alert-row";

type Closed = FunctionReturnType<typeof api.monitoring.alerts.list.closed>["page"][number];

const lasted = (alert: Closed) => (alert.closedAt === null ? "" : durationLabel(alert.closedAt - alert.openedAt));

const COLUMNS: readonly Column<Closed>[] = [
  { heading: "Alert", width: "minmax(180px, 1fr)", cell: ({ kind }) => ALERT_KINDS[kind].title },
  { heading: "What was wrong", width: "minmax(0, 2fr)", cell: ({ message }) => <span title={message}>{message}</span> },
  { heading: "Opened", width: "132px", align: "end", cell: ({ openedAt }) => <Moment at={openedAt} /> },
  { heading: "Lasted", width: "104px", align: "end", cell: lasted },
];

/** What is wrong now, and what was. */
export function AlertsScreen() {
  const [scope] = useScope();
  const open = useQuery(api.monitoring.alerts.list.open, { scope });
  const closed = usePaginatedQuery(api.monitoring.alerts.list.closed, { scope }, { initialNumItems: PAGE_ROWS });
  return (
    <TablePage>
      <Panel title="Open alerts" note={open && open.length >= 200 ? "the first 200" : null} className="max-h-[60%] shrink-0">
        {open === undefined ? (
          <div className="border-t border-line p-4" aria-busy="true" role="status" aria-label="Loading the alerts">
            <Skeleton className="h-5 w-3/5" />
            <Skeleton className="mt-2 h-4 w-4/5" />
          </div>
        ) : null}
        {open?.length === 0 ? (
          <p className="border-t border-line px-4 py-6 text-center text-fg-2">Nothing is wrong.</p>
        ) : (
          <ul className="min-h-0 overflow-y-auto" tabIndex={0} aria-label="Open alerts">
            {open?.map((alert) => <AlertRow key={alert.alertId} alert={alert} />)}
          </ul>
        )}
      </Panel>
      <Panel title="Past alerts" className="min-h-60">
        <EndlessTable
          label="Past alerts"
          rows={closed}
          keyOf={(alert) => alert.alertId}
          columns={COLUMNS}
          card={(alert) => <PastAlert alert={alert} />}
          empty={<Nothing title="None so far">An alert that is over moves here, with how long it lasted.</Nothing>}
        />
      </Panel>
    </TablePage>
  );
}

function PastAlert({ alert }: { alert: Closed }) {
  return (
    <div className="flex flex-col gap-0.5">
      <div className="font-medium">{ALERT_KINDS[alert.kind].title}</div>
      <div>{alert.message}</div>
      <div className="flex justify-between gap-2 text-12 text-fg-2">
        <Moment at={alert.openedAt} />
        <span className="tabular-nums">lasted {lasted(alert)}</span>
      </div>
    </div>
  );
}
