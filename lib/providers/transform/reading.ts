import type { EventTime, UnifiedEvent } from "../../events/model";

/** What one event of a provider's answer turned out to be. */
export type EventReading =
  /** `seriesRemoteId` is set on an exception; its master has that id. `etag` is null where the answer has none. */
  | { kind: "event"; remoteId: string; seriesRemoteId: string | null; etag: string | null; event: UnifiedEvent }
  /** Nothing but the times of an occurrence that follows its master: read the master. */
  | { kind: "occurrence"; remoteId: string; seriesRemoteId: string }
  /**
   * It is gone. Of an occurrence, `seriesRemoteId` and `recurrenceId` are given where the provider still tells them:
   * the series then has a hole there, which must be kept as long as the series.
   */
  | { kind: "deleted"; remoteId: string; seriesRemoteId: string | null; recurrenceId: EventTime | null }
  /** It exists but cannot be understood. `reason` is for the person whose event it is. */
  | { kind: "unreadable"; remoteId: string | null; reason: string };
