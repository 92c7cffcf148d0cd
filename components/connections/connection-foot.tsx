"use client";

import { useMutation } from "convex/react";
import { Pause, Play, RefreshCw } from "lucide-react";
import { RelativeTime } from "@/components/time/relative-time";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { attempt } from "@/components/workspace/attempt";
import { api } from "@/convex/_generated/api";
import { isInUse } from "./connection-health";
import { countOf } from "./count-words";
import type { Connection } from "./use-connections";

interface ConnectionFootProps {
  connection: Connection;
  calendars: number;
  /** When the first of its push channels is renewed, epoch milliseconds; null where there is none. */
  renewsAt: number | null;
}

/** When it was last read and will be next, and what can be done with it. */
export function ConnectionFoot({ connection, calendars, renewsAt }: ConnectionFootProps) {
  const syncNow = useMutation(api.connections.manage.syncNow);
  const pause = useMutation(api.connections.manage.pause);
  const resume = useMutation(api.connections.manage.resume);
  const disconnect = useMutation(api.connections.manage.disconnect);
  const { connectionId, status, signIn, syncing, lastSyncAt, nextSyncAt } = connection;
  const isLeaving = status === "disconnecting";
  return (
    <div className="mt-auto flex min-h-11 flex-wrap items-center gap-2 border-t border-line px-4 py-2 text-12 text-fg-2 phone:justify-between phone:pb-3">
      <p className="min-w-0 flex-1 tabular-nums phone:basis-full">
        {isLeaving ? "Its events are being removed from LinearTime." : null}
        {!isLeaving && lastSyncAt !== null ? (
          <span className="whitespace-nowrap">
            Last sync <RelativeTime at={lastSyncAt} form="ago" />
          </span>
        ) : null}
        {!isLeaving && renewsAt !== null ? (
          <span className="whitespace-nowrap">
            {lastSyncAt === null ? "L" : ", l"}ive, renewed <RelativeTime at={renewsAt} form="until" />
          </span>
        ) : null}
        {!isLeaving && renewsAt === null && nextSyncAt !== null && !syncing ? (
          <span className="whitespace-nowrap">
            {lastSyncAt === null ? "First sync " : ", next "}
            <RelativeTime at={nextSyncAt} form="until" />
          </span>
        ) : null}
      </p>
      {isLeaving ? null : (
        <>
          <ConfirmDialog
            trigger={
              <Button variant="quiet" size="small" className="phone:-ml-3">
                Disconnect
              </Button>
            }
            title={`Disconnect ${connection.label}?`}
            description={`Its ${countOf(calendars, "calendar")} and all their events leave LinearTime. No event is changed there${signIn === "oauth" ? ", and the permission that you gave is withdrawn" : ""}.`}
            confirm="Disconnect"
            onConfirm={() => void attempt(disconnect({ connectionId }), "Not disconnected")}
          />
          {isInUse(connection) ? (
            <Button size="small" onClick={() => void attempt(pause({ connectionId }), "Not paused")}>
              <Pause aria-hidden="true" />
              Pause
            </Button>
          ) : null}
          {status === "paused" ? (
            <Button size="small" onClick={() => void attempt(resume({ connectionId }), "Not resumed")}>
              <Play aria-hidden="true" />
              Resume
            </Button>
          ) : null}
          {status === "reconnect_required" || status === "paused" ? null : (
            <Button size="small" pending={syncing} onClick={() => void attempt(syncNow({ connectionId }), "Not synced")}>
              {syncing ? null : <RefreshCw aria-hidden="true" />}
              {syncing ? "Syncing" : "Sync now"}
            </Button>
          )}
        </>
      )}
    </div>
  );
}
