/** How a provider has been answering. Times are epoch milliseconds. */
export interface ProviderAnswers {
  turns: number;
  failures: number;
  lastSuccessAt: number | null;
  lastFailureAt: number | null;
}

/** `unknown`: nothing was asked of it yet. */
export type ProviderVerdict = "well" | "failing" | "unknown";

/** By its error rate where it was asked often enough lately, else by what came last. */
export function verdictOn({ turns, failures, lastSuccessAt, lastFailureAt }: ProviderAnswers, errorRate: number): ProviderVerdict {
  if (turns >= 5) return failures / turns < errorRate ? "well" : "failing";
  if (lastSuccessAt === null && lastFailureAt === null) return "unknown";
  return (lastSuccessAt ?? 0) >= (lastFailureAt ?? 0) ? "well" : "failing";
}

/** What the health check knows of a deployment that answers. */
export interface SyncFacts {
  /** How long the oldest due job has waited; null where none is due. */
  oldestMs: number | null;
  oldestAllowedMs: number;
}

/**
 * Whether a deployment that answers does its work. Providers that fail do not make LinearTime unwell: that is what
 * retries and alerts are for. Work that nobody takes up does.
 */
export function isSyncing({ oldestMs, oldestAllowedMs }: SyncFacts): boolean {
  return oldestMs === null || oldestMs < oldestAllowedMs;
}
