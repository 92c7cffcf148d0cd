import { incidentKey, type AlertKind, type AlertSeverity } from "./alert-kinds";

/** From where on something is an alert; shares are 0 to 1. */
export interface Thresholds {
  queueDepth: number;
  oldestJobMs: number;
  processingMs: number;
  errorRate: number;
  webhookFailureRate: number;
  syncLagMs: number;
}

/** What is known of the deployment at one moment. */
export interface DeploymentFacts {
  /** Jobs that wait; where there were too many to count, at least so many. */
  waiting: number;
  /** How long the oldest due job has waited; null where none is due. */
  oldestMs: number | null;
  /** How long the longest of the turns under way has run; null where none is. */
  longestRunMs: number | null;
  /** By provider: turns that ended in the last minutes, and how many of them failed. */
  providers: readonly { provider: string; label: string; turns: number; failures: number }[];
  /** Notifications that arrived in the last minutes, and how many of them were refused. */
  notifications: { received: number; refused: number };
}

/** Something that is wrong now, about the deployment. */
export interface Finding {
  key: string;
  kind: AlertKind;
  severity: AlertSeverity;
  subject: { kind: "provider"; id: string; label: string } | null;
  message: string;
}

/** Minutes that rates are taken over. */
export const RATE_WINDOW_MINUTES = 15;
/** Rates of fewer than so many open nothing. */
const FEWEST_FOR_A_RATE = 10;
/** An open alert closes only well below its threshold, so that one incident does not become many. */
const CLOSES_BELOW = 0.8;

/** The alerts that ought to be open. `isOpen` tells which are: those stay until their value is well below the threshold. */
export function deploymentFindings(
  facts: DeploymentFacts,
  thresholds: Thresholds,
  isOpen: (key: string) => boolean,
): Finding[] {
  const exceeds = (key: string, value: number, threshold: number) =>
    value >= (isOpen(key) ? threshold * CLOSES_BELOW : threshold);
  // Where something fails it is soon tried less often: what is open stays open also by the few that are left.
  const rated = (key: string, of: number, failed: number, threshold: number) =>
    of >= (isOpen(key) ? 1 : FEWEST_FOR_A_RATE) && exceeds(key, failed / of, threshold);
  const found: Finding[] = [];
  const add = (kind: AlertKind, severity: AlertSeverity, message: string) =>
    found.push({ key: incidentKey(kind), kind, severity, subject: null, message });

  if (exceeds(incidentKey("queue_depth"), facts.waiting, thresholds.queueDepth)) {
    add("queue_depth", "warning", `${facts.waiting.toLocaleString("en")} or more jobs are waiting.`);
  }
  if (facts.oldestMs !== null && exceeds(incidentKey("oldest_job"), facts.oldestMs, thresholds.oldestJobMs)) {
    add("oldest_job", "critical", `The oldest job has been due for ${inWords(facts.oldestMs)}.`);
  }
  if (facts.longestRunMs !== null && exceeds(incidentKey("processing_time"), facts.longestRunMs, thresholds.processingMs)) {
    add("processing_time", "warning", `A job has been running for ${inWords(facts.longestRunMs)}.`);
  }
  for (const { provider, label, turns, failures } of facts.providers) {
    const key = incidentKey("error_rate", provider);
    if (!rated(key, turns, failures, thresholds.errorRate)) continue;
    const message = `${label}: ${inPercent(failures / turns)} of ${turns} runs failed within ${RATE_WINDOW_MINUTES} minutes.`;
    found.push({ key, kind: "error_rate", severity: "critical", subject: { kind: "provider", id: provider, label }, message });
  }
  const { received, refused } = facts.notifications;
  if (rated(incidentKey("webhook_failures"), received, refused, thresholds.webhookFailureRate)) {
    const share = inPercent(refused / received);
    add("webhook_failures", "warning", `${share} of ${received} notifications were refused within ${RATE_WINDOW_MINUTES} minutes.`);
  }
  return found;
}

/** A calendar as far as its lag goes. Times are epoch milliseconds. */
export interface Freshness {
  /** Polled calendars are looked at every `pollingIntervalMs`; the others are verified once a day. */
  strategy: "webhook" | "polling" | "hybrid";
  /** When it was last known to be in step; when it was connected, if it never was. */
  inStepAt: number;
}

const VERIFIED_WITHIN_MS = 24 * 60 * 60_000;

/** By how much a calendar is later than it should be, in milliseconds: 0 while it is not. */
export function lagMs({ strategy, inStepAt }: Freshness, now: number, pollingIntervalMs: number): number {
  const allowed = strategy === "polling" ? pollingIntervalMs : VERIFIED_WITHIN_MS;
  return Math.max(0, now - inStepAt - allowed);
}

/** A duration in its largest sensible unit: `45 s`, `12 min`, `3 h`, `2 d`. */
export function inWords(ms: number): string {
  const units = [
    ["d", 86_400_000],
    ["h", 3_600_000],
    ["min", 60_000],
  ] as const;
  for (const [name, length] of units) if (ms >= length) return `${Math.floor(ms / length)} ${name}`;
  return `${Math.max(0, Math.floor(ms / 1_000))} s`;
}

function inPercent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
