import { isRetrying } from "@/components/calendar/calendar-status";
import type { CalendarState } from "@/components/calendar/calendars";
import type { Connection } from "./use-connections";

type ConnectionStatus = Pick<Connection, "status">;
type CalendarPhase = Pick<CalendarState, "phase" | "lastSuccessAt">;
type CalendarTrouble = CalendarPhase & Pick<CalendarState, "error">;

/** The word for a connection as a whole and the tone it is said in. */
export interface Health {
  label: string;
  tone: "neutral" | "accent" | "ok" | "warn" | "bad";
}

/** A calendar that has never been read to its end: its first import goes on, or waits to begin. */
export function isFirstImport({ phase, lastSuccessAt }: CalendarPhase): boolean {
  return phase === "importing" || (phase === "waiting" && lastSuccessAt === null);
}

/** Whether a person has to decide or do something: give the password again, or let held deletions through. */
export function needsAttention({ status }: ConnectionStatus, states: readonly CalendarPhase[]): boolean {
  return status === "reconnect_required" || states.some((state) => state.phase === "held");
}

/** Whether it is read, be it well or with trouble: it does not rest, and waits for nobody. */
export function isInUse({ status }: ConnectionStatus): boolean {
  return status === "active" || status === "degraded";
}

/** One word for a connection, from its own state and that of its calendars; the gravest one wins. */
export function healthOf(connection: ConnectionStatus, states: readonly CalendarTrouble[]): Health {
  if (connection.status === "disconnecting") return { label: "Disconnecting", tone: "neutral" };
  if (needsAttention(connection, states)) return { label: "Needs you", tone: "warn" };
  if (connection.status === "paused") return { label: "Paused", tone: "neutral" };
  if (states.some((state) => state.phase === "failed")) return { label: "Failing", tone: "bad" };
  if (connection.status === "degraded" || states.some(isRetrying)) return { label: "Trouble", tone: "warn" };
  if (states.some(isFirstImport)) return { label: "Importing", tone: "accent" };
  return { label: "Healthy", tone: "ok" };
}
