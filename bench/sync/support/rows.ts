import type { Measurement } from "../../report";
import { quantile } from "../../timing";

/** A figure that nobody else has. */
export const alone = (name: string, unit: string, ours: number): Measurement => ({ name, unit, ours, peers: {} });

/** Median, p95 and p99 of values in any order, a row for each: `what` p50, `what` p95, `what` p99. */
export function spread(what: string, unit: string, values: readonly number[]): Measurement[] {
  const ascending = [...values].sort((a, b) => a - b);
  return ([50, 95, 99] as const).map((percent) => alone(`${what} p${percent}`, unit, quantile(ascending, percent / 100)));
}
