import { type EventTime } from "../../../lib/events/model";
import { type Account } from "../accounts";

/** An event of somebody's life, before any provider writes it in its own form. */
export interface SeedEvent {
  /** Unique in its calendar, and the same in every calendar that has the same invitation. */
  key: string;
  title: string;
  start: EventTime;
  /** Exclusive. */
  end: EventTime;
  /** RRULE, RDATE and EXDATE lines. */
  recurrence?: readonly string[];
  exceptions?: readonly SeedException[];
  location?: string;
  description?: string;
  /** E-mail addresses; the first one invites. */
  people?: readonly string[];
  /** Has a video meeting. */
  meeting?: boolean;
  /** Does not make its owner busy. */
  free?: boolean;
  private?: boolean;
  tentative?: boolean;
}

/** One occurrence of a series that is not as its rule says. */
export interface SeedException {
  original: EventTime;
  change: "cancelled" | Partial<Pick<SeedEvent, "start" | "end" | "title" | "location">>;
}

export interface SeedCalendar {
  /** The owner's e-mail address for a primary calendar, else a word of its own. */
  key: string;
  name: string;
  description: string | null;
  timeZone: string;
  /** `#rrggbb` */
  color: string;
  kind: "primary" | "secondary" | "holidays";
  /** Who has it, by e-mail address. */
  members: readonly { email: string; role: "owner" | "writer" | "reader" }[];
  events: readonly SeedEvent[];
}

export interface SeedWorld {
  accounts: readonly Account[];
  calendars: readonly SeedCalendar[];
}
