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
import { aboutOf } from "./about";
import { WebhookCard } from "./webhook-card";

type Subscription = FunctionReturnType<typeof api.monitoring.subscriptions.list>["page"][number];

const STATUS: Readonly<Record<Subscription["status"], { tone: StatusTone; label: string }>> = {
  active: { tone: "live", label: "Live" },
  renewing: { tone: "busy", label: "Renewing" },
  polling: { tone: "attention", label: "Polled instead" },
};

function Status({ status, lastErrorCode }: Pick<Subscription, "status" | "lastErrorCode">) {
  // Some calendars cannot be watched, and nothing is wrong with them.
  if (status === "polling" && lastErrorCode === null) return <StatusDot tone="waiting">Polled</StatusDot>;
  return <StatusDot tone={STATUS[status].tone}>{STATUS[status].label}</StatusDot>;
}

function Expiry({ expiresAt, status }: Pick<Subscription, "expiresAt" | "status">) {
  if (status !== "active") return "–";
  return expiresAt === null ? "never" : <RelativeTime at={expiresAt} form="until" />;
}

const COLUMNS: readonly Column<Subscription>[] = [
  { heading: "For", width: "minmax(160px, 1.4fr)", cell: (row) => <span title={aboutOf(row)}>{aboutOf(row)}</span> },
  { heading: "Provider", width: "136px", cell: ({ providerLabel }) => <span className="text-fg-2">{providerLabel}</span> },
  { heading: "State", width: "128px", cell: (row) => <Status {...row} /> },
  { heading: "Ends", width: "104px", align: "end", cell: (row) => <Expiry {...row} /> },
  {
    heading: "Last notification",
    width: "120px",
    align: "end",
    cell: ({ lastNotificationAt, status }) =>
      lastNotificationAt !== null ? <RelativeTime at={lastNotificationAt} form="short" /> : status === "polling" ? "–" : "none yet",
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
          <WebhookCard title={aboutOf(row)} state={<Status {...row} />} start={row.providerLabel} end={row.status === "active" ? <>ends <Expiry {...row} /></> : null} />
        )}
        empty={<Nothing title="No push channel">Providers that announce changes have one per calendar. All other calendars are polled.</Nothing>}
      />
    </Panel>
  );
}
