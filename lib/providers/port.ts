import type { EventTime, UnifiedEvent } from "../events/model";

/**
 * The one port through which sync talks to any calendar provider. Results are
 * discriminated unions: each case says what the caller must do, and nothing has
 * to be guessed from an exception.
 */
export interface CalendarProvider {
  listCalendars(): Promise<ListCalendarsResult>;
  /**
   * Reads one calendar page by page. The generator ends after the page with
   * `last: true` or after a result that is not a page. Stopping early is allowed.
   */
  pull(request: PullRequest): AsyncGenerator<PullResult, void, void>;
  /** Present where the provider can tell us about changes (`capabilities.push`). */
  readonly channels?: ProviderChannels;
  /** Frees sockets. Call it once, when the run is over. */
  close(): Promise<void>;
}

export interface RemoteCalendar {
  /** Chosen by the server: a CalDAV collection URL, a Google or Graph calendar id. */
  remoteId: string;
  name: string;
  description: string | null;
  /** `#rrggbb`, or null where the server has none. */
  color: string | null;
  /** IANA id, or null where the server does not say. */
  timeZone: string | null;
  accessRole: "owner" | "writer" | "reader";
}

export interface PullRequest {
  calendarRemoteId: string;
  /**
   * `full` reads everything (after `pageToken`, when a run is resumed);
   * `incremental` reads only what differs from `known` or from `cursor`.
   */
  mode: "full" | "incremental";
  /** What the last complete run returned; null where there was none or the provider has no cursors. */
  cursor: string | null;
  /** Where an interrupted run stood: the `pageToken` of its last applied page. */
  pageToken: string | null;
  known: KnownResources;
  /** At most this many changes in one page, where the page is of our making: a provider that answers in pages has its own. */
  pageSize: number;
}

/**
 * What is stored of a calendar, read no further than a run asks: to bring one change in step must cost the same
 * whatever the calendar holds.
 */
export interface KnownResources {
  /** `remoteId → etag` of everything, as it was when this was first asked. */
  all(): Promise<ReadonlyMap<string, string>>;
  /** Of these alone; what is not stored is missing. */
  some(remoteIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** How many there are, counted up to `atMost`. */
  count(atMost: number): Promise<number>;
}

/** One remote resource: a Google or Graph event, or a CalDAV object with all its VEVENTs. */
export type RemoteChange =
  | {
      kind: "upsert";
      remoteId: string;
      /** Of a provider whose exceptions are resources of their own: the id of the series' master. Null for everything else. */
      seriesRemoteId: string | null;
      etag: string;
      iCalUID: string;
      events: UnifiedEvent[];
    }
  /** It exists but cannot be understood: record the reason, keep what was stored before, go on. */
  | { kind: "unreadable"; remoteId: string; etag: string; reason: string }
  /** `occurrence` names what it was one of: the series stays, with a hole there. Null where the resource was a whole one. */
  | { kind: "deleted"; remoteId: string; occurrence: { seriesRemoteId: string; recurrenceId: EventTime } | null };

/** Push channels, as far as providers have them in common. */
export interface ProviderChannels {
  /** Asks to be told at `address` whenever something changes. */
  watch(request: WatchRequest): Promise<WatchResult>;
  /** Ends a channel. One that is over already counts as ended. */
  stop(channel: Channel): Promise<{ kind: "stopped" } | ProviderFailure>;
}

export interface WatchRequest {
  /** Null watches the account's list of calendars. */
  calendarRemoteId: string | null;
  /** Chosen by us, fresh for each channel. */
  channelId: string;
  /** The secret that comes back with each notification. */
  token: string;
  /** An https address of ours. */
  address: string;
}

export interface Channel {
  channelId: string;
  /** What the provider named the watched resource. */
  resourceId: string;
}

export type WatchResult =
  | { kind: "watching"; resourceId: string; /** Epoch milliseconds; null where it never ends. */ expiresAt: number | null }
  /** This calendar cannot be watched (holidays, for one): it is polled, and nothing is wrong with it. */
  | { kind: "unwatchable" }
  | ProviderFailure;

export interface PullPage {
  kind: "page";
  changes: RemoteChange[];
  /** Store it with the page: a run that is resumed with it does not read again what came before. Empty where that is nothing. */
  pageToken: string;
  /** Only on the last page, and only where the provider has cursors. */
  cursor: string | null;
  last: boolean;
  /** Resources this run will read in all, where the provider can say; drives the progress bar. */
  total: number | null;
  /** Resources found at the provider, where it lists them; the mass-delete brake compares with it. */
  listed: number | null;
  /**
   * Deletions this run concludes from a complete listing, in all and known before the first of them: what the
   * brake decides on. Null where the provider reports each deletion itself.
   */
  deletions: number | null;
}

/** What stops a run: a code for machines, `message` says what is wrong and `action` what a person can do. */
export type ProviderFailure =
  /** Credentials no longer work: nothing more can be done until the user reconnects. */
  | { kind: "authRevoked"; code: string; message: string; action: string }
  /** Try again, not before `retryAfterMs` where it is given. */
  | { kind: "rateLimited"; code: string; message: string; action: string; retryAfterMs: number | null }
  /** It may pass (network, 5xx, time-out): retry with backoff. */
  | { kind: "unavailable"; code: string; message: string; action: string; retryAfterMs: number | null }
  /** It will not pass by itself: record it, do not retry. */
  | { kind: "rejected"; code: string; message: string; action: string };

export type ListCalendarsResult =
  | { kind: "calendars"; calendars: RemoteCalendar[] }
  | ProviderFailure;

export type PullResult =
  | PullPage
  /** The cursor is no longer valid: run again with `mode: "full"`. */
  | { kind: "cursorExpired" }
  /** The calendar no longer exists at the provider. */
  | { kind: "gone" }
  | ProviderFailure;
