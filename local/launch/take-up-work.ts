import { StartError } from "./start-error";

/**
 * Runs the queue's sweep at once instead of at its next minute: what was under way when the last start was
 * ended goes on now.
 */
export async function takeUpWork(url: string, adminKey: string): Promise<void> {
  const response = await fetch(`${url}/api/mutation`, {
    method: "POST",
    headers: { Authorization: `Convex ${adminKey}`, "Content-Type": "application/json" },
    body: JSON.stringify({ path: "sync/sweep:sweep", format: "convex_encoded_json", args: [{}] }),
  });
  if (!response.ok) {
    throw new StartError(`The backend did not take up its work (HTTP ${response.status}): ${await response.text()}`);
  }
}
