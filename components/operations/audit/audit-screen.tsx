"use client";

import { usePaginatedQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { Badge } from "@/components/ui/badge";
import { api } from "@/convex/_generated/api";
import { AUDIT_ACTIONS } from "@/lib/monitoring/audit-actions";
import { Nothing, Panel } from "../frame/panel";
import { useScope } from "../frame/scope";
import { TablePage } from "../frame/scrolling-page";
import { Moment } from "../moment";
import { PAGE_ROWS } from "../table/endless-rows";
import { type Column, EndlessTable } from "../table/endless-table";

type Entry = FunctionReturnType<typeof api.monitoring.auditLog.list>["page"][number];

const OUTCOMES = { done: { label: "Done", tone: "ok" }, refused: { label: "Refused", tone: "warn" }, failed: { label: "Failed", tone: "bad" } } as const;

function actorOf({ actor, byPerson }: Entry): string {
  return actor ?? (byPerson ? "Somebody who has left" : "LinearTime");
}

function Outcome({ outcome }: Pick<Entry, "outcome">) {
  const { label, tone } = OUTCOMES[outcome];
  return <Badge tone={tone}>{label}</Badge>;
}

const objectOf = ({ objectKind, objectLabel }: Entry) => objectLabel ?? objectKind;

const COLUMNS: readonly Column<Entry>[] = [
  { heading: "When", width: "140px", cell: ({ at }) => <Moment at={at} /> },
  { heading: "Who", width: "minmax(0, 1.2fr)", cell: (entry) => <span title={actorOf(entry)}>{actorOf(entry)}</span> },
  { heading: "What", width: "minmax(150px, 1fr)", cell: ({ action }) => AUDIT_ACTIONS[action] },
  { heading: "To what", width: "minmax(0, 1.4fr)", cell: (entry) => <span title={objectOf(entry)}>{objectOf(entry)}</span> },
  { heading: "Detail", width: "minmax(0, 0.8fr)", cell: ({ detail }) => <span className="font-mono text-12 text-fg-2">{detail}</span> },
  { heading: "Outcome", width: "84px", cell: (entry) => <Outcome {...entry} /> },
];

/** Who did what. */
export function AuditScreen() {
  const [scope] = useScope();
  const rows = usePaginatedQuery(api.monitoring.auditLog.list, { scope }, { initialNumItems: PAGE_ROWS });
  return (
    <TablePage>
      <Panel title="Audit log" note="Who did what" className="min-h-0 max-h-full">
        <EndlessTable
          label="Audit log"
          rows={rows}
          keyOf={(entry) => entry.entryId}
          columns={COLUMNS}
          card={(entry) => <EntryCard entry={entry} />}
          empty={<Nothing title="Nothing has been done yet" />}
        />
      </Panel>
    </TablePage>
  );
}

function EntryCard({ entry }: { entry: Entry }) {
  return (
    <div className="flex flex-col gap-0.5">
      <div className="flex items-center gap-2">
        <span className="font-medium">{AUDIT_ACTIONS[entry.action]}</span>
        <span className="ml-auto">
          <Outcome {...entry} />
        </span>
      </div>
      <div className="truncate">
        {objectOf(entry)} <span className="font-mono text-11 text-fg-2">{entry.detail}</span>
      </div>
      <div className="flex justify-between gap-2 text-12 text-fg-2">
        <span className="truncate">{actorOf(entry)}</span>
        <Moment at={entry.at} />
      </div>
    </div>
  );
}
