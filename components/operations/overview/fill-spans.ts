import type { FunctionReturnType } from "convex/server";
import type { api } from "@/convex/_generated/api";
import { SPAN_MS, spanStart, WINDOWS, type WindowName } from "@/lib/monitoring/spans";

export type Overview = NonNullable<FunctionReturnType<typeof api.monitoring.overview.figuresIn>>;
/** A span of time with its figures, as charts draw it. */
export type Point = Overview["points"][number];

const QUIET: Omit<Point, "startAt"> = {
  turns: 0,
  errors: 0,
  errorRate: null,
  changes: 0,
  apiCalls: 0,
  callMs: null,
  latencyP50: null,
  latencyP95: null,
  waitP95: null,
  depth: { critical: 0, high: 0, medium: 0, low: 0 },
  oldestMs: 0,
};

/** All spans of a window that ends now, oldest first; those in which nothing happened are quiet ones. */
export function fillSpans(points: readonly Point[], window: WindowName, now: number): Point[] {
  const { span, spans } = WINDOWS[window];
  const known = new Map(points.map((point) => [point.startAt, point]));
  const last = spanStart(span, now);
  return Array.from({ length: spans }, (_, index) => {
    const startAt = last - (spans - 1 - index) * SPAN_MS[span];
    return known.get(startAt) ?? { startAt, ...QUIET };
  });
}

/** Jobs waiting in a span, of all priorities. */
export function depthOf({ depth }: Pick<Point, "depth">): number {
  return depth.critical + depth.high + depth.medium + depth.low;
}
