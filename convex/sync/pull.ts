import type { Infer } from "convex/values";
import { internal } from "../_generated/api";
import type { ActionCtx } from "../_generated/server";
import { forStorage } from "../../lib/events/stored-size";
import { massDeleteBrake } from "../../lib/queue/brake";
import type {
  CalendarProvider,
  ProviderFailure,
  PullPage,
  RemoteChange,
} from "../../lib/providers/port";
import { readAhead } from "../../lib/providers/read-ahead";
import type { Position } from "../events/position";
import { batchDelayMs, batchSize } from "../settings";
import type { syncType } from "../validators/job";
import { knownResources } from "./known";
import type { Lease } from "./lease";
import type { Plan } from "./plan";

interface Counts {
  syncType: Infer<typeof syncType>;
  upserted: number;
  unchanged: number;
  deleted: number;
  unreadable: number;
}

export type PullOutcome =
  | { kind: "done"; result: Counts }
  /** The action's time is over; the position is stored. */
  | { kind: "timeUp" }
  /** The mass-delete brake: everything but the deletions has been applied. */
  | { kind: "held"; deletions: number; known: number }
  /** The stored cursor is no longer valid: the calendar has to be read in full. */
  | { kind: "cursorExpired" }
  /** Another worker holds the job, or what it is about is gone: stop without a word. */
  | { kind: "leaseLost" }
  | ProviderFailure;

/** Events, of all resources together, that one mutation applies at most. */
const EVENTS_PER_MUTATION = 400;
/** And what they may weigh as JSON: a mutation takes and writes a few megabytes. */
const CHARACTERS_PER_MUTATION = 2_000_000;

/** A read that neither a notification nor the clock asked for is there to verify. */
const CAUSES: Partial<Record<Plan["type"], Counts["syncType"]>> = { webhook_sync: "webhook", incremental_sync: "verification" };

interface Run {
  provider: CalendarProvider;
  calendar: NonNullable<Plan["calendar"]>;
  /** What asked for the run. */
  type: Plan["type"];
  /** When to stop and leave the rest to the next action, epoch milliseconds. */
  deadline: number;
}

/** Reads one calendar and applies what changed, page by page: while one is applied, the next one is read. */
export async function pullCalendar(
  ctx: ActionCtx,
  lease: Lease,
  { provider, calendar, type, deadline }: Run,
): Promise<PullOutcome> {
  const known = knownResources(ctx, calendar.calendarId);
  const full = !calendar.complete;
  const result: Counts = {
    syncType: full ? "full" : CAUSES[type] ?? "polling",
    upserted: 0,
    unchanged: 0,
    deleted: 0,
    unreadable: 0,
  };
  let { done, pageToken } = calendar;
  const write = async (page: PullPage, changes: RemoteChange[], endsPage: boolean) => {
    done += changes.length;
    // A page that takes several mutations is done with the last of them.
    if (endsPage) pageToken = page.pageToken;
    const position: Position = {
      pageToken,
      done,
      total: page.total,
      end: endsPage && page.last ? { cursor: page.cursor, listed: page.listed } : null,
    };
    const counts = await ctx.runMutation(internal.events.apply.page, {
      ...lease,
      changes,
      deletionsConcluded: page.deletions !== null,
      full,
      position,
    });
    if (counts === null) return false;
    result.upserted += counts.upserted;
    result.unchanged += counts.unchanged;
    result.deleted += counts.deleted;
    result.unreadable += counts.unreadable;
    return true;
  };

  const pages = provider.pull({
    calendarRemoteId: calendar.remoteId,
    mode: full ? "full" : "incremental",
    cursor: calendar.cursor,
    pageToken: calendar.pageToken,
    known,
    pageSize: batchSize(),
  });
  for await (const page of readAhead(pages)) {
    if (page.kind === "gone") return CALENDAR_GONE;
    if (page.kind !== "page") return page;
    if (concludesDeletions(page, calendar.releasedDeletions)) {
      const { size } = await known.all();
      if (isHeld(page, size)) return { kind: "held", deletions: page.deletions, known: size };
    }
    for (const { changes, last } of portions(page.changes)) {
      if (changes.length === 0 && !page.last) continue;
      if (!(await write(page, changes, last))) return { kind: "leaseLost" };
      if (!(last && page.last)) await rest(batchDelayMs());
    }
    if (!page.last && Date.now() >= deadline) return { kind: "timeUp" };
  }
  return { kind: "done", result };
}

async function rest(ms: number): Promise<void> {
  if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
}

type ConcludingPage = PullPage & { deletions: number };

/**
 * Whether a page holds deletions that are only concluded from a listing, more of them than a person
 * who looked at a held run has let through.
 */
function concludesDeletions(page: PullPage, released: number | null): page is ConcludingPage {
  return (page.deletions ?? 0) > (released ?? 0) && page.changes.some(({ kind }) => kind === "deleted");
}

/** The mass-delete brake. */
function isHeld({ listed, deletions }: ConcludingPage, known: number): boolean {
  return massDeleteBrake({ known, listed, deletions }).kind === "hold";
}

const CALENDAR_GONE: ProviderFailure = {
  kind: "rejected",
  code: "calendar_gone",
  message: "The calendar is no longer at its server.",
  action: "Nothing to do: it is taken off the list with the next read of the account.",
};

/** Cuts changes into what one mutation may apply, each event to what is stored of it; there is always at least one portion. */
export function portions(changes: RemoteChange[]): { changes: RemoteChange[]; last: boolean }[] {
  const cut: RemoteChange[][] = [[]];
  let weight = 0;
  let characters = 0;
  for (const whole of changes) {
    const change = whole.kind === "upsert" ? { ...whole, events: whole.events.map(forStorage) } : whole;
    const events = change.kind === "upsert" ? change.events.length : 1;
    const length = JSON.stringify(change).length;
    let current = cut[cut.length - 1] ?? [];
    const full = weight + events > EVENTS_PER_MUTATION || characters + length > CHARACTERS_PER_MUTATION;
    if (current.length >= batchSize() || (current.length > 0 && full)) {
      current = [];
      cut.push(current);
      weight = 0;
      characters = 0;
    }
    current.push(change);
    weight += events;
    characters += length;
  }
  return cut.map((portion, index) => ({ changes: portion, last: index === cut.length - 1 }));
}
