import { quantileMs } from "./histogram";
import { emptyRollup, errorRate, mergeRollups, type Rollup } from "./rollup";

/** What a span, or several together, say: what is drawn and read. Durations in milliseconds, shares 0 to 1. */
export interface Figures {
  /** Turns that ended, errors included. */
  turns: number;
  errors: number;
  /** Null where nothing ended. */
  errorRate: number | null;
  changes: number;
  apiCalls: number;
  /** Mean time of one call to a provider; null where none was made. */
  callMs: number | null;
  /** From due to done. */
  latencyP50: number | null;
  latencyP95: number | null;
  /** From due to claimed. */
  waitP95: number | null;
  depth: Rollup["depth"];
  oldestMs: number;
}

export function figuresOf(rollup: Rollup): Figures {
  const { turns, rate } = errorRate(rollup);
  return {
    turns,
    errors: rollup.retried + rollup.failed,
    errorRate: rate,
    changes: rollup.changes,
    apiCalls: rollup.apiCalls,
    callMs: rollup.apiCalls === 0 ? null : rollup.callMs / rollup.apiCalls,
    latencyP50: quantileMs(rollup.latency, 0.5),
    latencyP95: quantileMs(rollup.latency, 0.95),
    waitP95: quantileMs(rollup.wait, 0.95),
    depth: rollup.depth,
    oldestMs: rollup.oldestMs,
  };
}

/** All spans together. */
export function totalOf(rollups: readonly Rollup[]): Rollup {
  return rollups.reduce(mergeRollups, emptyRollup());
}

/**
 * The share of reads that nothing had announced: polled among polled and announced ones, 0 to 1; null where there
 * was neither. Full reads and lists of calendars are not counted: they are due either way.
 */
export function pollingShare({ bySyncType }: Pick<Rollup, "bySyncType">): number | null {
  const turnsOf = (wanted: string) => bySyncType.find(({ syncType }) => syncType === wanted)?.turns ?? 0;
  const polled = turnsOf("polling");
  const both = polled + turnsOf("webhook");
  return both === 0 ? null : polled / both;
}
