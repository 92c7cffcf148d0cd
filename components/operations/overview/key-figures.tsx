"use client";

import { useQuery } from "convex/react";
import type { ReactNode } from "react";
import { RelativeTime } from "@/components/time/relative-time";
import { cn } from "@/components/ui/class-names";
import { api } from "@/convex/_generated/api";
import { durationLabel, shareLabel } from "../duration";
import type { Scope } from "../frame/scope";
import { depthOf, type Overview, type Point } from "./fill-spans";
import { Sparkline } from "./sparkline";

interface FigureProps {
  title: string;
  value: string;
  unit?: string;
  note?: ReactNode;
  tone?: "bad";
  children: ReactNode;
}

function Figure({ title, value, unit, note, tone, children }: FigureProps) {
  return (
    <div className={"min-w-0 bg-surface px-4 pt-3 pb-3"}>
      <h2 className="truncate text-12 font-medium text-fg-2">{title}</h2>
      <p className="mt-0.5 mb-2 flex items-baseline gap-1 whitespace-nowrap tabular-nums">
        <span className="text-24 font-semibold tracking-[-0.02em]">{value}</span>
        {unit ? <span className="text-12 text-fg-2">{unit}</span> : null}
        {note ? <span className={cn("ml-auto truncate pl-2 text-12 text-fg-2", tone === "bad" && "text-bad-text")}>{note}</span> : null}
      </p>
      {children}
    </div>
  );
}

/** One block per provider: well, failing, or not asked yet. */
function ProviderBlocks({ providers }: { providers: Overview["providers"] }) {
  return (
    <div aria-hidden="true" className="flex h-7 items-end gap-1">
      {providers.map(({ provider, verdict }) => (
        <i key={provider} className={cn("h-4 flex-1 rounded-[2px]", verdict === "well" ? "bg-ok" : verdict === "failing" ? "bg-warn" : "bg-active")} />
      ))}
      {providers.length === 0 ? <i className="h-4 flex-1 rounded-[2px] bg-active" /> : null}
    </div>
  );
}

/** The five numbers that one looks at first. */
export function KeyFigures({ scope, overview, points }: { scope: Scope; overview: Overview; points: readonly Point[] }) {
  const queue = useQuery(api.monitoring.overview.queueNow, { scope });
  const { total, providers } = overview;
  const failing = providers.filter(({ verdict }) => verdict === "failing");
  const latency = total.latencyP95 === null ? ["–", undefined] : durationLabel(total.latencyP95).split(/ (.*)/s);
  return (
    <section aria-label="Key figures" className="grid grid-cols-5 gap-px overflow-hidden rounded-card border border-line bg-line narrow:grid-cols-2 narrow:*:first:col-span-2">
      <Figure
        title="Healthy providers"
        value={`${providers.length - failing.length} of ${providers.length}`}
        note={failing.length > 0 ? `${failing.map(({ label }) => label).join(", ")} failing` : null}
        tone="bad"
      >
        <ProviderBlocks providers={providers} />
      </Figure>
      <Figure title="Changes applied" value={total.changes.toLocaleString("en")} note={`${total.turns.toLocaleString("en")} runs`}>
        <Sparkline values={points.map(({ changes }) => changes)} />
      </Figure>
      <Figure
        title="From due to done, p95"
        value={latency[0] ?? "–"}
        unit={latency[1]}
        note={total.latencyP50 === null ? null : `half in ${durationLabel(total.latencyP50)}`}
      >
        <Sparkline values={points.map(({ latencyP95 }) => latencyP95)} />
      </Figure>
      <Figure
        title="Queue depth"
        value={queue === undefined ? "–" : queue === null ? "0" : queue.waiting >= 200 ? "200+" : String(queue.waiting)}
        unit="jobs"
        note={queue && queue.oldestDueAt !== null && queue.waiting > 0 ? <>next <RelativeTime at={queue.oldestDueAt} form="until" /></> : null}
      >
        <Sparkline values={points.map(depthOf)} />
      </Figure>
      <Figure
        title="Error rate"
        value={total.errorRate === null ? "–" : shareLabel(total.errorRate)}
        note={total.errors === 0 ? "no error" : `${total.errors.toLocaleString("en")} of ${total.turns.toLocaleString("en")}`}
      >
        <Sparkline values={points.map(({ errorRate }) => errorRate)} />
      </Figure>
    </section>
  );
}
