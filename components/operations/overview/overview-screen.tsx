"use client";

import dynamic from "next/dynamic";
import { Skeleton } from "@/components/ui/skeleton";
import { durationLabel } from "../duration";
import { useScope } from "../frame/scope";
import { ScrollingPage } from "../frame/scrolling-page";
import { CallList } from "./call-list";
import { ChartPanel } from "./chart-panel";
import { depthOf, fillSpans } from "./fill-spans";
import { KeyFigures } from "./key-figures";
import { LatestJobs } from "./latest-jobs";
import { OpenAlerts } from "./open-alerts";
import { ProviderList } from "./provider-list";
import { useFigures } from "./use-figures";
import { useNowMinute } from "./use-now-minute";
import { WINDOW_WORDS, WindowSwitch } from "./window-switch";

const loading = () => <Skeleton className="h-46 w-full" />;
const LatencyChart = dynamic(() => import("./charts").then((charts) => charts.LatencyChart), { ssr: false, loading });
const DepthChart = dynamic(() => import("./charts").then((charts) => charts.DepthChart), { ssr: false, loading });
const RunsChart = dynamic(() => import("./charts").then((charts) => charts.RunsChart), { ssr: false, loading });

/** How it runs, at a glance. */
export function OverviewScreen() {
  const [scope] = useScope();
  const now = useNowMinute();
  const figures = useFigures(scope);
  if (figures === null) return <OverviewSkeleton />;
  const { window, overview } = figures;
  const points = fillSpans(overview.points, window, now);
  const note = WINDOW_WORDS[window];
  const { total } = overview;
  const slow = total.latencyP95 === null ? "no run" : `p50 ${durationLabel(total.latencyP50 ?? 0)}, p95 ${durationLabel(total.latencyP95)}`;
  const deepest = Math.max(...points.map(depthOf));
  return (
    <ScrollingPage>
      <OpenAlerts scope={scope} />
      <div className="flex items-center justify-between gap-3">
        <p className="text-12 text-fg-2">{scope === "own" ? "Your accounts" : "Everybody’s accounts"}</p>
        <WindowSwitch />
      </div>
      <KeyFigures scope={scope} overview={overview} points={points} />
      <div className="grid grid-cols-3 gap-4 narrow:grid-cols-1 phone:gap-3">
        <ChartPanel
          title="From due to done"
          note={note}
          description={`Time from due to done, ${note}: ${slow}`}
          className="col-span-2 narrow:col-span-1"
          legend={[
            { name: "p95", color: "var(--accent)" },
            { name: "p50", color: "var(--text-3)" },
          ]}
        >
          <LatencyChart points={points} window={window} />
        </ChartPanel>
        <ChartPanel
          title="Queue depth"
          note="most waiting"
          description={`Jobs waiting by priority, ${note}: at most ${deepest}`}
          legend={[
            { name: "High", color: "var(--accent)" },
            { name: "Medium", color: "var(--text-3)" },
            { name: "Low", color: "var(--line-strong)" },
          ]}
        >
          <DepthChart points={points} window={window} />
        </ChartPanel>
        <ChartPanel
          title="Runs"
          note={note}
          description={`Runs that ended, ${note}: ${total.turns}, of which ${total.errors} failed`}
          legend={[
            { name: "Done", color: "var(--text-3)" },
            { name: "Failed", color: "var(--bad)" },
          ]}
        >
          <RunsChart points={points} window={window} />
        </ChartPanel>
        <CallList overview={overview} note={note} />
        <ProviderList overview={overview} note={note} />
      </div>
      <LatestJobs scope={scope} />
    </ScrollingPage>
  );
}

function OverviewSkeleton() {
  return (
    <ScrollingPage>
      <div aria-busy="true" role="status" aria-label="Loading the figures" className="flex flex-col gap-4">
        <Skeleton className="h-28 w-full rounded-card" />
        <div className="grid grid-cols-3 gap-4 narrow:grid-cols-1">
          <Skeleton className="col-span-2 h-60 rounded-card narrow:col-span-1" />
          <Skeleton className="h-60 rounded-card" />
        </div>
        <Skeleton className="h-80 w-full rounded-card" />
      </div>
    </ScrollingPage>
  );
}
