import type { Event } from "../../../local/sandbox/google/desk";
import { NORA } from "../../../local/sandbox/testing/empty-world";
import { monthsFrom, seen, type Sight } from "../../support/seen";
import { stored } from "../../support/stored";
import type { Workplace } from "../../support/google/workplace";
import { calendarNamed } from "../../support/workspace";

/** Everything happens in June; what is moved or goes on for some days stays within these. */
const MONTHS = monthsFrom("2026-05", 3);
const WINDOW = { timeMin: Date.parse("2026-05-01T00:00:00Z"), timeMax: Date.parse("2026-08-01T00:00:00Z") };
const TOLD = 6;

type Row = Record<string, unknown>;

/** Everything that is not as it should be; empty when nothing is. */
export async function faultsOf(place: Workplace): Promise<string[]> {
  return [...(await differences(place)), ...(await doubled(place)), ...(await orphans(place)), ...(await unwell(place))];
}

/** What a visitor sees beside what Google itself would show. */
async function differences({ sandbox, visitor }: Workplace): Promise<string[]> {
  const wrong: string[] = [];
  for (const { id, name } of sandbox.control.google.calendars(NORA.email)) {
    const wanted = sandbox.control.google.events(id, WINDOW).map(sightOf).sort();
    const shown = await seen(visitor, await calendarNamed(visitor, name), MONTHS);
    const [missing, surplus] = [without(wanted, shown), without(shown, wanted)];
    if (missing.length > 0) wrong.push(`${name} lacks ${missing.length}: ${missing.slice(0, TOLD).join("; ")}`);
    if (surplus.length > 0) wrong.push(`${name} shows ${surplus.length} that are not there: ${surplus.slice(0, TOLD).join("; ")}`);
  }
  return wrong;
}

function sightOf({ start, summary }: Event): Sight {
  const at = start?.date ?? new Date(start?.dateTime ?? "").toISOString().replace(".000Z", "Z");
  return `${at} ${summary ?? ""}`;
}

/** `all` without `some`, each as often as it is there. */
function without(all: readonly Sight[], some: readonly Sight[]): Sight[] {
  const left = [...some];
  return all.filter((each) => {
    const at = left.indexOf(each);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

const KEYS = {
  providerEventMappings: ({ calendarId, remoteId }: Row) => `${calendarId} ${remoteId}`,
  unifiedEvents: ({ mappingId, recurrenceKey }: Row) => `${mappingId} ${recurrenceKey}`,
  eventDetails: ({ eventId }: Row) => String(eventId),
  eventOccurrences: ({ mappingId, recurrenceKey }: Row) => `${mappingId} ${recurrenceKey}`,
} as const;

async function doubled({ backend }: Workplace): Promise<string[]> {
  const wrong: string[] = [];
  for (const [table, keyOf] of Object.entries(KEYS)) {
    const keys = (await stored(backend, table as keyof typeof KEYS)).map(keyOf);
    const twice = keys.filter((key, at) => keys.indexOf(key) !== at);
    if (twice.length > 0) wrong.push(`${table} has twice: ${twice.slice(0, TOLD).join(", ")}`);
  }
  return wrong;
}

/** Rows that belong to nothing, and resources of which Google has nothing. */
async function orphans({ backend, sandbox }: Workplace): Promise<string[]> {
  const [mappings, events, details, occurrences] = await Promise.all([
    stored(backend, "providerEventMappings"),
    stored(backend, "unifiedEvents"),
    stored(backend, "eventDetails"),
    stored(backend, "eventOccurrences"),
  ]);
  const [mappingIds, eventIds] = [mappings, events].map((rows) => new Set(rows.map(({ _id }) => _id)));
  const wrong: string[] = [];
  const tell = (what: string, rows: readonly Row[]) => void (rows.length > 0 && wrong.push(`${rows.length} ${what}: ${JSON.stringify(rows[0]).slice(0, 400)}`));
  tell("events without their resource", events.filter(({ mappingId, resourceId }) => !mappingIds?.has(mappingId) || (resourceId !== undefined && !mappingIds.has(resourceId))));
  tell("details without their event", details.filter(({ eventId }) => !eventIds?.has(eventId)));
  tell("occurrences without their event", occurrences.filter(({ eventId }) => !eventIds?.has(eventId)));
  const google = sandbox.control.google;
  const there = new Set(google.calendars(NORA.email).flatMap(({ id }) => google.stored(id).map((event) => event.id)));
  tell("resources that Google never had", mappings.filter(({ remoteId }) => !there.has(String(remoteId))));
  return wrong;
}

/** Whatever still waits, has given up or says that something is wrong. */
async function unwell({ backend }: Workplace): Promise<string[]> {
  const [jobs, connections, calendars, watches] = await Promise.all([
    stored(backend, "syncJobs"),
    stored(backend, "connectionState"),
    stored(backend, "calendarSyncState"),
    stored(backend, "calendarWatches"),
  ]);
  return [
    ...jobs.flatMap(({ type, status, error }) => (["completed", "cancelled", "failed"].includes(String(status)) ? [] : [`${String(type)} is still ${String(status)}: ${JSON.stringify(error)}`])),
    ...connections.flatMap(({ status, reason }) => (status === "active" ? [] : [`The account is ${String(status)}: ${JSON.stringify(reason)}`])),
    ...calendars.flatMap(({ phase, error }) => (phase === "synced" && error === null ? [] : [`A calendar is ${String(phase)}: ${JSON.stringify(error)}`])),
    ...watches.flatMap(({ mode, reason, unwatchable }) => (mode === "webhook" || unwatchable === true ? [] : [`A calendar is ${String(mode)}: ${JSON.stringify(reason)}`])),
  ];
}
