"use client";

import { usePaginatedQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { api } from "@/convex/_generated/api";
import { durationLabel } from "../duration";
import { Nothing, Panel } from "../frame/panel";
import { useScope } from "../frame/scope";
import { Moment } from "../moment";
import { PAGE_ROWS } from "../table/endless-rows";
import { type Column, EndlessTable } from "../table/endless-table";
import { aboutOf } from "./about";
import { WebhookCard } from "./webhook-card";

type Notification = FunctionReturnType<typeof api.monitoring.notifications.list>["page"][number];

const OUTCOMES = {
  enqueued: { label: "Work asked for", tone: "ok" },
  joined: { label: "Joined", tone: "neutral" },
  ignored: { label: "No effect", tone: "neutral" },
} as const;

function Outcome({ outcome }: Pick<Notification, "outcome">) {
  return <Badge tone={OUTCOMES[outcome].tone}>{OUTCOMES[outcome].label}</Badge>;
}

const appliedAfter = ({ appliedAt, receivedAt }: Notification) => (appliedAt === null ? "–" : durationLabel(Math.max(0, appliedAt - receivedAt)));

const COLUMNS: readonly Column<Notification>[] = [
  { heading: "Received", width: "140px", cell: ({ receivedAt }) => <Moment at={receivedAt} /> },
  { heading: "For", width: "minmax(160px, 1.4fr)", cell: (row) => <span title={aboutOf(row)}>{aboutOf(row)}</span> },
  { heading: "Provider", width: "116px", cell: ({ providerLabel }) => <span className="text-fg-2">{providerLabel}</span> },
  { heading: "Said", width: "minmax(0, 1fr)", cell: ({ kind }) => <span className="font-mono text-12">{kind}</span> },
  { heading: "What followed", width: "132px", cell: (row) => <Outcome {...row} /> },
  { heading: "Applied after", width: "104px", align: "end", cell: appliedAfter },
];

/** What providers have announced. */
export function Notifications({ aside }: { aside: ReactNode }) {
  const [scope] = useScope();
  const rows = usePaginatedQuery(api.monitoring.notifications.list, { scope }, { initialNumItems: PAGE_ROWS });
  return (
    <Panel title="Notifications" note="As they were accepted" aside={aside} className="min-h-0 max-h-full">
      <EndlessTable
        label="Notifications"
        rows={rows}
        keyOf={(row) => row.notificationId}
        columns={COLUMNS}
        card={(row) => (
          <WebhookCard
            title={aboutOf(row)}
            state={<Outcome {...row} />}
            start={<span className="font-mono">{row.kind}</span>}
            end={<Moment at={row.receivedAt} />}
          />
        )}
        empty={<Nothing title="No notification yet">What providers announce appears here within moments.</Nothing>}
      />
    </Panel>
  );
}
