"use client";

import { Plug, Plus } from "lucide-react";
import { parseAsBoolean, useQueryState } from "nuqs";
import { useState } from "react";
import { useCalendarStates, useCalendars } from "@/components/calendar/calendars";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { TopBar } from "@/components/workspace/top-bar";
import { useAttentionCount } from "@/components/workspace/use-attention-count";
import { ConnectDialog } from "./connect-dialog";
import { ConnectionCard } from "./connection-card";
import { countOf } from "./count-words";
import { importProgress } from "./import-progress";
import { OutcomeNotice } from "./oauth/outcome-notice";
import { type Connection, useConnections } from "./use-connections";

function CardsSkeleton() {
  return (
    <div aria-busy="true" role="status" aria-label="Loading the connections">
      <Skeleton className="h-7 w-56" />
      <Skeleton className="mt-1.5 mb-5 h-4 w-72" />
      <div className="grid grid-cols-1 gap-4 xl:grid-cols-2">
        <Skeleton className="h-64 rounded-card" />
        <Skeleton className="h-64 rounded-card" />
      </div>
    </div>
  );
}

function NothingConnected({ onConnect }: { onConnect: () => void }) {
  return (
    <div className="mx-auto mt-[12vh] flex max-w-80 flex-col items-center text-center">
      <span className="grid size-10 place-items-center rounded-card bg-sunken shadow-[inset_0_0_0_1px_var(--line)]">
        <Plug aria-hidden="true" strokeWidth={1.75} className="size-5 text-fg-2" />
      </span>
      <h2 className="mt-4 text-16 font-semibold tracking-[-0.01em]">Nothing is connected yet</h2>
      <p className="mt-1 mb-5 text-fg-2">Connect an account, and every calendar you have there appears here, live.</p>
      <Button variant="primary" onClick={onConnect}>
        <Plus aria-hidden="true" />
        Connect an account
      </Button>
    </div>
  );
}

function Summary({ connections }: { connections: readonly Connection[] }) {
  const calendars = useCalendars() ?? [];
  const states = useCalendarStates();
  const attention = useAttentionCount();
  const all = [...(states?.values() ?? [])];
  const events = all.reduce((sum, state) => sum + (state.resources ?? state.progress?.done ?? 0), 0);
  const isImporting = importProgress(all) !== null;
  return (
    <div className="mb-5">
      <h2 className="text-20 font-semibold tracking-[-0.015em]">
        {countOf(connections.length, "account")}, {countOf(calendars.length, "calendar")}
      </h2>
      <p className="mt-0.5 text-fg-2 tabular-nums">
        {countOf(events, "event")}
        {isImporting ? " so far." : "."}
        {attention === 1 ? " One account needs you." : null}
        {attention > 1 ? ` ${attention} accounts need you.` : null}
      </p>
    </div>
  );
}

/** Every connected account, and the way to connect another. */
export function ConnectionsScreen() {
  const [isConnecting, setConnecting] = useQueryState("connect", parseAsBoolean.withDefault(false));
  const [freshId, setFreshId] = useState<Connection["connectionId"] | null>(null);
  const connections = useConnections();
  const calendars = useCalendars();
  const states = useCalendarStates();

  return (
    <>
      <TopBar>
        <h1 className="flex-1 truncate text-16 font-semibold tracking-[-0.01em]">Connections</h1>
        {connections && connections.length > 0 ? (
          <Button variant="primary" className="phone:mr-1" onClick={() => void setConnecting(true)}>
            <Plus aria-hidden="true" />
            <span>
              Connect<span className="phone:hidden"> account</span>
            </span>
          </Button>
        ) : null}
      </TopBar>
      <div className="min-h-0 flex-1 overflow-y-auto bg-ground">
        <div className="mx-auto max-w-295 px-8 pt-6 pb-8 phone:px-4 phone:pt-4">
          <OutcomeNotice />
          {connections === undefined ? <CardsSkeleton /> : null}
          {connections?.length === 0 ? <NothingConnected onConnect={() => void setConnecting(true)} /> : null}
          {connections && connections.length > 0 ? (
            <>
              <Summary connections={connections} />
              <div className="grid grid-cols-1 items-start gap-4 xl:grid-cols-2 phone:gap-3">
                {connections.map((connection) => (
                  <ConnectionCard
                    key={connection.connectionId}
                    connection={connection}
                    calendars={calendars?.filter((calendar) => calendar.connectionId === connection.connectionId) ?? []}
                    states={states}
                    isFresh={connection.connectionId === freshId}
                  />
                ))}
              </div>
            </>
          ) : null}
        </div>
      </div>
      <ConnectDialog
        open={isConnecting}
        onOpenChange={(open) => void setConnecting(open || null)}
        onConnected={(connectionId) => {
          setFreshId(connectionId);
          void setConnecting(null);
        }}
      />
    </>
  );
}
