"use client";

import { Bar, BarChart, CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { useViewer } from "@/components/time/viewer-context";
import type { WindowName } from "@/lib/monitoring/spans";
import { durationLabel } from "../duration";
import type { Point } from "./fill-spans";

const HEIGHT = 184;
const MARGIN = { top: 8, right: 4, bottom: 0, left: 0 };
const TICK = { fontSize: 11, fill: "var(--text-3)" };
const TOOLTIP = {
  contentStyle: { background: "var(--raised)", border: "none", borderRadius: 8, boxShadow: "var(--shadow-of-float)", fontSize: 12, padding: "6px 10px" },
  labelStyle: { color: "var(--text-2)", marginBottom: 2 },
  itemStyle: { color: "var(--text)", padding: 0 },
  cursor: { fill: "var(--hover)", stroke: "var(--line-strong)" },
  isAnimationActive: false,
} as const;

interface ChartProps {
  points: readonly Point[];
  window: WindowName;
}

/** How a span is called below a chart and above its values. */
function useTimes(window: WindowName): { axis: (at: number) => string; full: (at: unknown) => string } {
  const { locale } = useViewer();
  const clock = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });
  const day = new Intl.DateTimeFormat(locale, { weekday: "short", day: "numeric" });
  const full = new Intl.DateTimeFormat(locale, { weekday: "short", hour: "2-digit", minute: "2-digit" });
  return { axis: (at) => (window === "7d" ? day.format(at) : clock.format(at)), full: (at) => full.format(Number(at)) };
}

const axes = (axis: (at: number) => string) => ({
  x: { dataKey: "startAt", tickFormatter: axis, tick: TICK, tickLine: false, axisLine: false, minTickGap: 48, height: 22 },
  y: { tick: TICK, tickLine: false, axisLine: false, width: 56, tickCount: 5 },
});

/** From due to done, the middle and the slow end. */
export function LatencyChart({ points, window }: ChartProps) {
  const { axis, full } = useTimes(window);
  const { x, y } = axes(axis);
  // A line that hardly is one is seen by its points.
  const dot = points.filter(({ latencyP95 }) => latencyP95 !== null).length < 4 ? 3 : 1.5;
  return (
    <ResponsiveContainer width="100%" height={HEIGHT}>
      <LineChart data={[...points]} margin={MARGIN} accessibilityLayer={false}>
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis {...x} />
        <YAxis {...y} tickFormatter={(ms: number) => (ms === 0 ? "0" : durationLabel(ms))} />
        <Tooltip {...TOOLTIP} labelFormatter={full} formatter={(value) => durationLabel(Number(value))} />
        <Line dataKey="latencyP50" name="p50" stroke="var(--text-3)" strokeWidth={1.5} dot={{ r: dot, fill: "var(--text-3)", strokeWidth: 0 }} connectNulls isAnimationActive={false} />
        <Line dataKey="latencyP95" name="p95" stroke="var(--accent)" strokeWidth={1.5} dot={{ r: dot, fill: "var(--accent)", strokeWidth: 0 }} connectNulls isAnimationActive={false} />
      </LineChart>
    </ResponsiveContainer>
  );
}

/** One part of stacked bars. */
interface Part {
  key: string;
  name: string;
  color: string;
  of: (point: Point) => number;
}

function StackedBars({ points, window, parts }: ChartProps & { parts: readonly Part[] }) {
  const { axis, full } = useTimes(window);
  const { x, y } = axes(axis);
  const rows = points.map((point) => ({ startAt: point.startAt, ...Object.fromEntries(parts.map(({ key, of }) => [key, of(point)])) }));
  return (
    <ResponsiveContainer width="100%" height={HEIGHT}>
      <BarChart data={rows} margin={MARGIN} barCategoryGap={1} accessibilityLayer={false}>
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis {...x} />
        <YAxis {...y} width={32} allowDecimals={false} />
        <Tooltip {...TOOLTIP} labelFormatter={full} />
        {parts.map(({ key, name, color }) => (
          <Bar key={key} dataKey={key} name={name} stackId="all" fill={color} isAnimationActive={false} />
        ))}
      </BarChart>
    </ResponsiveContainer>
  );
}

export const DEPTH_PARTS: readonly Part[] = [
  { key: "low", name: "Low", color: "var(--line-strong)", of: ({ depth }) => depth.low },
  { key: "medium", name: "Medium", color: "var(--text-3)", of: ({ depth }) => depth.medium },
  { key: "high", name: "High and critical", color: "var(--accent)", of: ({ depth }) => depth.high + depth.critical },
];

/** Jobs waiting, by priority. */
export function DepthChart(props: ChartProps) {
  return <StackedBars {...props} parts={DEPTH_PARTS} />;
}

export const RUN_PARTS: readonly Part[] = [
  { key: "done", name: "Done", color: "var(--text-3)", of: ({ turns, errors }) => turns - errors },
  { key: "errors", name: "Failed", color: "var(--bad)", of: ({ errors }) => errors },
];

/** Runs that ended. */
export function RunsChart(props: ChartProps) {
  return <StackedBars {...props} parts={RUN_PARTS} />;
}
