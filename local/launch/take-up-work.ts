import { StartError } from "./start-error";

/** What crons would come to in a minute or an hour: work that was under way, and rows that an earlier version stored. */
const AT_ONCE = [
  { kind: "action", path: "sync/sweep:sweep" },
  { kind: "mutation", path: "events/upgrade:step" },
] as const;

/**
 * Goes on at once with what the last start left: the queue with jobs that were under way when it was ended, and the upgrade of
 * stored rows, which goes on by itself once it has begun.
 */
export async function takeUpWork(url: string, adminKey: string): Promise<void> {
  for (const { kind, path } of AT_ONCE) {
    const response = await fetch(`${url}/api/${kind}`, {
      method: "POST",
      headers: { Authorization: `Convex ${adminKey}`, "Content-Type": "application/json" },
      body: JSON.stringify({ path, format: "convex_encoded_json", args: [{}] }),
    });
    if (!response.ok) {
      throw new StartError(`The backend did not take up its work: ${path} was answered HTTP ${response.status}: ${await response.text()}`);
    }
  }
}
