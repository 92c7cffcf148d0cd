import type { Connection } from "@/components/connections/use-connections";
import type { StatusTone } from "@/components/ui/status-dot";
import type { CalendarState } from "./calendars";

/** A calendar's sync state in a shape and a word. With `at` the word is a time relative to now. */
export type CalendarStatus =
  | { tone: StatusTone; text: string; description: string }
  | { tone: StatusTone; at: number; description: string };

type Sync = Pick<CalendarState, "phase" | "progress" | "lastSuccessAt" | "error">;

const number = new Intl.NumberFormat("en");

function importing({ progress }: Sync): CalendarStatus {
  if (progress === null) return { tone: "busy", text: "importing", description: "First import has begun" };
  const done = number.format(progress.done);
  if (progress.total === null || progress.total === 0) return { tone: "busy", text: done, description: `First import, ${done} events so far` };
  const percent = `${Math.min(100, Math.floor((progress.done / progress.total) * 100))} %`;
  return { tone: "busy", text: percent, description: `First import, ${done} of ${number.format(progress.total)} events` };
}

function since(tone: StatusTone, text: string, description: string, at: number | null): CalendarStatus {
  return at === null ? { tone, text, description } : { tone, at, description };
}

/** The last run failed, and another is on its way: until then what is here may be old. */
export function isRetrying({ phase, error }: Pick<Sync, "phase" | "error">): boolean {
  return error !== null && phase !== "failed" && phase !== "held";
}

/** What to show for a calendar. A connection that cannot be used stops all its calendars. */
export function calendarStatus(sync: Sync, connection: Pick<Connection, "status">): CalendarStatus {
  if (connection.status === "reconnect_required") {
    return since("attention", "stopped", "Stopped until the account is connected again", sync.lastSuccessAt);
  }
  if (connection.status === "paused") return since("waiting", "paused", "Paused", sync.lastSuccessAt);
  if (isRetrying(sync)) {
    return since("attention", "retrying", `${sync.error?.message ?? ""} It is tried again.`, sync.lastSuccessAt);
  }
  if (connection.status === "degraded" && sync.lastSuccessAt !== null && sync.phase === "synced") {
    return { tone: "attention", at: sync.lastSuccessAt, description: "Its account is in trouble; this was the last time in step" };
  }
  switch (sync.phase) {
    case "waiting":
      return { tone: "waiting", text: "waiting", description: "Waiting for its turn" };
    case "importing":
      return importing(sync);
    case "syncing":
      return { tone: "busy", text: "syncing", description: "Syncing" };
    case "held":
      return { tone: "attention", text: "held", description: "Held: the server suddenly lists far fewer events" };
    case "failed":
      return { tone: "failed", text: "failed", description: sync.error?.message ?? "The last sync failed" };
    case "synced":
      return since("live", "live", "In step", sync.lastSuccessAt);
  }
}

/** Whether everything that the provider has is here. */
export function isInStep(sync: Sync, connection: Pick<Connection, "status">): boolean {
  if (isRetrying(sync)) return false;
  return calendarStatus(sync, connection).tone === "live" || (sync.phase === "syncing" && sync.lastSuccessAt !== null);
}
