import { ALERT_KINDS, type AlertSeverity } from "./alert-kinds";

/** So long a change waits for others to be told with it, milliseconds. */
export const NOTICE_SETTLE_MS = 5_000;
/** So long no second message follows a first: a flood that lasts is told once a minute. */
export const NOTICE_PAUSE_MS = 60_000;
/** Whoever sends a message has so long to report; then somebody else tries. */
export const NOTICE_LEASE_MS = 120_000;
/** How often a message is tried: over about two hours. */
const ATTEMPTS = 8;
/** Lines of one message; the rest is a number. */
const LINES = 10;

/** Whether a message whose `attempt`-th try (1 = first) failed is tried again. */
export function mayTryAgain(attempt: number): boolean {
  return attempt < ATTEMPTS;
}

export interface AlertChange {
  event: "opened" | "closed";
  title: string;
  message: string;
  severity: AlertSeverity;
  openedAt: number;
}

/**
 * One message for any number of changes, in the format of Slack's incoming webhooks (`{"text": …}` in its mrkdwn:
 * https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks), which others read too. What opened
 * comes first, the critical before the rest; from {@link LINES} lines on the rest is counted by heading.
 */
export function slackMessage(changes: readonly AlertChange[]): { text: string } {
  const rank = ({ event, severity }: AlertChange) => (event === "closed" ? 2 : severity === "critical" ? 0 : 1);
  const ordered = [...changes].sort((a, b) => rank(a) - rank(b) || a.openedAt - b.openedAt);
  const opened = ordered.filter(({ event }) => event === "opened").length;
  const closed = ordered.length - opened;
  const heading = [countOf(opened, "opened"), countOf(closed, "closed")].filter(Boolean).join(", ");
  const lines = ordered.slice(0, LINES).map(line);
  const rest = ordered.slice(LINES);
  return { text: [`*LinearTime*: ${heading}`, ...lines, ...summary(rest)].join("\n") };
}

const countOf = (count: number, done: string) => (count === 0 ? "" : `${count} ${count === 1 ? "alert" : "alerts"} ${done}`);

function line({ event, title, message, severity }: AlertChange): string {
  if (event === "closed") return `:white_check_mark: Over: ${escaped(title)}. ${escaped(message)}`;
  return `${severity === "critical" ? ":red_circle:" : ":warning:"} *${escaped(title)}*. ${escaped(message)}`;
}

function summary(rest: readonly AlertChange[]): string[] {
  if (rest.length === 0) return [];
  const counts = Object.values(ALERT_KINDS)
    .map(({ title }) => ({ title, count: rest.filter((change) => change.title === title).length }))
    .filter(({ count }) => count > 0)
    .map(({ title, count }) => `${escaped(title)} ×${count}`);
  return [`… and ${rest.length} more: ${counts.join(", ")}`];
}

/** The three characters that mean something in Slack's text. */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
