"use client";

import { usePaginatedQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import type { ReactNode } from "react";
import { RelativeTime } from "@/components/time/relative-time";
import { StatusDot, type StatusTone } from "@/components/ui/status-dot";
import { api } from "@/convex/_generated/api";
import { Nothing, Panel } from "../frame/panel";
import { useScope } from "../frame/scope";
import { PAGE_ROWS } from "../table/endless-rows";
import { type Column, EndlessTable } from "../table/endless-table";

type Subscription = FunctionReturnType<typeof api.monitoring.subscriptions.list>["page"][number];

const STATUS: Readonly<Record<Subscription["status"], { tone: StatusTone; label: string }>> = {
  active: { tone: "live", label: "Live" },
  renewing: { tone: "busy", label: "Renewing" },
  polling: { tone: "attention", label: "Polled instead" },
};

const aboutOf = ({ calendarName, connectionLabel }: Subscription) => calendarName ?? connectionLabel ?? "An account that is gone";

function Status({ status }: Pick<Subscription, "status">) {
  return <StatusDot tone={STATUS[status].tone}>{STATUS[status].label}</StatusDot>;
}

function Expiry({ expiresAt, status }: Pick<Subscription, "expiresAt" | "status">) {
  if (status !== "active") return "–";
  return expiresAt === null ? "never" : <RelativeTime at={expiresAt} form="until" />;
}

const COLUMNS: readonly Column<Subscription>[] = [
  { heading: "For", width: "minmax(160px, 1.4fr)", cell: (row) => <span title={aboutOf(row)}>{aboutOf(row)}</span> },
  { heading: "Provider", width: "96px", cell: ({ providerLabel }) => <span className="text-fg-2">{providerLabel}</span> },
  { heading: "State", width: "128px", cell: (row) => <Status {...row} /> },
  { heading: "Ends", width: "104px", align: "end", cell: (row) => <Expiry {...row} /> },
  {
    heading: "Last notification",
    width: "120px",
    align: "end",
    cell: ({ lastNotificationAt }) => (lastNotificationAt === null ? "none yet" : <RelativeTime at={lastNotificationAt} form="short" />),
  },
  { heading: "Failures", width: "72px", align: "end", cell: ({ failures }) => failures },
  { heading: "Last error", width: "minmax(0, 1fr)", cell: ({ lastErrorCode }) => <span className="font-mono text-12 text-fg-2">{lastErrorCode}</span> },
];

/** Push channels with what is left of them. */
export function Subscriptions({ aside }: { aside: ReactNode }) {
  const [scope] = useScope();
  const rows = usePaginatedQuery(api.monitoring.subscriptions.list, { scope }, { initialNumItems: PAGE_ROWS });
  return (
    <Panel title="Subscriptions" note="Push channels" aside={aside} className="min-h-0 max-h-full">
      <EndlessTable
        label="Subscriptions"
        rows={rows}
        keyOf={(row) => row.subscriptionId}
        columns={COLUMNS}
        card={(row) => (
          <div className="flex flex-col gap-0.5">
            <div className="flex items-center gap-2">
              <span className="min-w-0 truncate font-medium">{aboutOf(row)}</span>
              <span className="ml-auto">
                <Status {...row} />
              </span>
            </div>
            <div className="flex justify-between gap-2 text-12 text-fg-2">
              <span>{row.providerLabel}</span>
              <span>
                ends <Expiry {...row} />
              </span>
            </div>
          </div>
        )}
        empty={<Nothing title="No push channel">Providers that announce changes have one per calendar. All other calendars are polled.</Nothing>}
      />
    </Panel>
  );
}
