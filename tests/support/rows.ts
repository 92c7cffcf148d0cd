import type { WithoutSystemFields } from "convex/server";
import type { Doc, TableNames } from "../../convex/_generated/dataModel";

type Row<Table extends TableNames> = WithoutSystemFields<Doc<Table>>;

/** Ids of the person and the account that a calendar belongs to. */
type Whose = Pick<Row<"calendars">, "orgId" | "ownerUserId" | "providerConfigId">;

/** A calendar with ordinary values wherever a test says nothing. */
export function calendarRow(whose: Whose, more: Partial<Row<"calendars">> = {}): Row<"calendars"> {
  return {
    ...whose,
    remoteId: "/work/",
    name: "Work",
    description: null,
    color: null,
    timeZone: null,
    accessRole: "owner",
    visible: true,
    strategy: "polling",
    ...more,
  };
}

/** How it is with a calendar that was never read, wherever a test says nothing else. */
export function syncStateRow(
  whose: Whose & Pick<Row<"calendarSyncState">, "calendarId">,
  more: Partial<Row<"calendarSyncState">> = {},
): Row<"calendarSyncState"> {
  return {
    ...whose,
    phase: "waiting",
    progress: null,
    resources: null,
    lastSuccessAt: null,
    lastAttemptAt: null,
    error: null,
    held: null,
    releasedDeletions: null,
    ...more,
  };
}
