"use client";

import { CalendarDays, Server, TriangleAlert } from "lucide-react";
import { useEffect, useRef } from "react";
import type { Calendar, CalendarState } from "@/components/calendar/calendars";
import { Badge } from "@/components/ui/badge";
import { Callout } from "@/components/ui/callout";
import { cn } from "@/components/ui/class-names";
import { Progress } from "@/components/ui/progress";
import { ConnectionCalendars } from "./connection-calendars";
import { ConnectionFoot } from "./connection-foot";
import { healthOf, isInUse } from "./connection-health";
import { countOf } from "./count-words";
import { importProgress, importShare } from "./import-progress";
import { SignInAgain } from "./oauth/sign-in-again";
import { ConnectionMenu } from "./rebuild-menus";
import { ReconnectForm } from "./reconnect-form";
import type { Connection } from "./use-connections";

function FirstImport({ states }: { states: readonly CalendarState[] }) {
  const progress = importProgress(states);
  if (progress === null) return null;
  const { calendars, events } = progress;
  const share = importShare(progress);
  return (
    <div className="border-t border-line px-4 py-3">
      <div className="mb-2 flex items-baseline gap-2">
        <span>First import</span>
        <span className="ml-auto text-12 text-fg-2 tabular-nums">{share === null ? null : `${Math.floor(Math.min(1, share) * 100)} %`}</span>
      </div>
      <Progress label="First import" value={share} />
      <p className="mt-1.5 flex justify-between gap-2 text-12 text-fg-2 tabular-nums">
        <span>
          {countOf(events.done, "event")}
          {events.total === null ? " so far" : ` of about ${events.total.toLocaleString("en")}`}
        </span>
        <span>
          {calendars.done} of {countOf(calendars.total, "calendar")}
        </span>
      </p>
    </div>
  );
}

/** When the first of its push channels is renewed, epoch milliseconds; null where there is none. */
function nextRenewal(states: readonly CalendarState[]): number | null {
  const times = states.flatMap(({ arrival }) => arrival?.renewsAt ?? []);
  return times.length === 0 ? null : Math.min(...times);
}

interface ConnectionCardProps {
  connection: Connection;
  calendars: readonly Calendar[];
  states: ReadonlyMap<Calendar["calendarId"], CalendarState> | undefined;
  /** It has just been connected: show where it is. */
  isFresh: boolean;
}

/** One connected account: how it is, what it holds, and what can be done with it. */
export function ConnectionCard({ connection, calendars, states, isFresh }: ConnectionCardProps) {
  const card = useRef<HTMLElement>(null);
  const own = calendars.flatMap((calendar) => states?.get(calendar.calendarId) ?? []);
  const events = own.reduce((sum, state) => sum + (state.resources ?? 0), 0);
  const health = healthOf(connection, own);
  const signsIn = connection.signIn === "oauth";
  const Glyph = signsIn ? CalendarDays : Server;

  useEffect(() => {
    if (isFresh) card.current?.scrollIntoView({ block: "nearest" });
  }, [isFresh]);

  return (
    <article
      ref={card}
      aria-label={connection.label}
      className={cn(
        "flex flex-col rounded-card border border-line bg-surface transition-colors",
        isFresh && "border-accent shadow-[0_0_0_1px_var(--accent)]",
        connection.status === "disconnecting" && "opacity-70",
      )}
    >
      <div className="flex items-center gap-3 px-4 pt-3.5 pb-3">
        <span className="grid size-9 shrink-0 place-items-center rounded-card bg-sunken shadow-[inset_0_0_0_1px_var(--line)]">
          <Glyph aria-hidden="true" strokeWidth={1.75} className="size-4" />
        </span>
        <div className="min-w-0 flex-1">
          <h3 className="truncate text-14 font-semibold" title={[connection.username, connection.serverUrl].filter(Boolean).join(", ")}>
            {connection.label}
          </h3>
          <p className="truncate text-12 text-fg-2 tabular-nums">
            {connection.providerLabel}, {countOf(calendars.length, "calendar")}
            {events > 0 ? `, ${countOf(events, "event")}` : null}
          </p>
        </div>
        <Badge tone={health.tone} className="mt-px self-start">
          {health.label}
        </Badge>
        {isInUse(connection) ? (
          <span className="-my-1 -ml-1.5 self-start">
            <ConnectionMenu connection={connection} />
          </span>
        ) : null}
      </div>
      {connection.status === "reconnect_required" && signsIn ? <SignInAgain connection={connection} /> : null}
      {connection.status === "reconnect_required" && !signsIn ? <ReconnectForm connection={connection} /> : null}
      {connection.status === "degraded" && connection.reason ? (
        <div className="border-t border-line px-4 py-3">
          <Callout tone="warn" icon={<TriangleAlert aria-hidden="true" />} title={connection.reason.message}>
            {connection.reason.action}
          </Callout>
        </div>
      ) : null}
      <FirstImport states={own} />
      <ConnectionCalendars connection={connection} calendars={calendars} states={states} />
      <ConnectionFoot connection={connection} calendars={calendars.length} renewsAt={nextRenewal(own)} />
    </article>
  );
}
