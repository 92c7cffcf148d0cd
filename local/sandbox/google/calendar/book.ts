import { type CalendarList, type FormerRule, type ListEntry, type StoredCalendar, type StoredEvent, type Role } from "./model";

/** What a channel can be told of. */
export type Change = { kind: "events"; calendarId: string } | { kind: "calendarList"; accountId: string };

/** An event as a writer hands it over: the book says when it changed. */
export type EventDraft = Omit<StoredEvent, "order" | "revision" | "createdAt" | "updatedAt" | "formerly">;

export interface BookState {
  lastRevision: number;
  calendars: (Omit<StoredCalendar, "roles" | "events"> & { roles: [string, Role][]; events: StoredEvent[] })[];
  lists: (Omit<CalendarList, "entries"> & { entries: ListEntry[] })[];
}

export const EMPTY_BOOK: BookState = { lastRevision: 0, calendars: [], lists: [] };

/**
 * All calendars, all lists. Every write goes through here: it gets a revision, and listeners hear of it once,
 * however many events it touched.
 *
 * Revisions follow the clock, so that after a crash that lost the newest changes none is given out twice.
 */
export class CalendarBook {
  private readonly calendars: Map<string, StoredCalendar>;
  private readonly lists: Map<string, CalendarList>;
  private lastRevision: number;

  constructor(
    state: BookState,
    private readonly deps: { now(): number; onChange(change: Change): void; listsTellRenames(): boolean },
  ) {
    this.lastRevision = state.lastRevision;
    this.calendars = new Map(
      state.calendars.map((calendar) => [
        calendar.id,
        { ...calendar, roles: new Map(calendar.roles), events: new Map(calendar.events.map((event) => [event.id, event])) },
      ]),
    );
    this.lists = new Map(
      state.lists.map((list) => [list.accountId, { ...list, entries: new Map(list.entries.map((entry) => [entry.calendarId, entry])) }]),
    );
  }

  snapshot(): BookState {
    return {
      lastRevision: this.lastRevision,
      calendars: [...this.calendars.values()].map((calendar) => ({
        ...calendar,
        roles: [...calendar.roles],
        events: [...calendar.events.values()],
      })),
      lists: [...this.lists.values()].map((list) => ({ ...list, entries: [...list.entries.values()] })),
    };
  }

  /** The calendar, unless it was deleted. */
  calendar(id: string): StoredCalendar | undefined {
    const found = this.calendars.get(id);
    return found?.deleted === true ? undefined : found;
  }

  all(): StoredCalendar[] {
    return [...this.calendars.values()].filter(({ deleted }) => !deleted);
  }

  list(accountId: string): CalendarList {
    const known = this.lists.get(accountId);
    if (known !== undefined) return known;
    const made = { accountId, oldestCursor: 0, entries: new Map<string, ListEntry>() };
    this.lists.set(accountId, made);
    return made;
  }

  addCalendar(calendar: Pick<StoredCalendar, "id" | "summary" | "description" | "location" | "timeZone" | "watchable">): StoredCalendar {
    const now = this.deps.now();
    const revision = this.nextRevision();
    const added = { ...calendar, deleted: false, createdAt: now, updatedAt: now, revision, describedRevision: revision, oldestCursor: 0, roles: new Map(), events: new Map() };
    this.calendars.set(calendar.id, added);
    return added;
  }

  /** Gives a person a calendar and puts it on their list. */
  share(calendarId: string, accountId: string, role: Role, entry: Pick<ListEntry, "colorId" | "primary">): void {
    this.calendars.get(calendarId)?.roles.set(accountId, role);
    const shown = { summaryOverride: null, selected: true, hidden: false, deleted: false };
    this.putEntry(accountId, { calendarId, order: this.list(accountId).entries.size, ...shown, ...entry });
  }

  putEntry(accountId: string, entry: Omit<ListEntry, "revision">): void {
    this.list(accountId).entries.set(entry.calendarId, { ...entry, revision: this.nextRevision() });
    this.deps.onChange({ kind: "calendarList", accountId });
  }

  /**
   * Changes what a calendar says of itself. Lists that have it show it, but it is no change of theirs, unless the setting
   * says so: a sync token of a list does not tell it (reference of `calendarList.list`, at `syncToken`).
   */
  describe(calendarId: string, change: Partial<Pick<StoredCalendar, "summary" | "description" | "location" | "timeZone">>): void {
    const calendar = this.calendar(calendarId);
    if (calendar === undefined) return;
    Object.assign(calendar, change, { updatedAt: this.deps.now(), describedRevision: this.nextRevision() });
    if (this.deps.listsTellRenames()) this.touchEntries(calendarId, {});
  }

  deleteCalendar(calendarId: string): void {
    const calendar = this.calendar(calendarId);
    if (calendar === undefined) return;
    calendar.deleted = true;
    this.touchEntries(calendarId, { deleted: true });
    this.deps.onChange({ kind: "events", calendarId });
  }

  /** Writes events of one calendar, in one step. */
  write(calendarId: string, drafts: readonly EventDraft[]): StoredEvent[] {
    const calendar = this.calendars.get(calendarId);
    if (calendar === undefined) throw new Error(`There is no calendar ${calendarId}.`);
    const now = this.deps.now();
    const written = drafts.map((draft) => {
      const known = calendar.events.get(draft.id);
      const revision = this.nextRevision();
      const event = { ...draft, order: known?.order ?? revision, createdAt: known?.createdAt ?? now, updatedAt: now, revision, formerly: formerRules(known, draft, revision) };
      calendar.events.set(draft.id, event);
      return event;
    });
    calendar.revision = this.lastRevision;
    calendar.updatedAt = now;
    this.deps.onChange({ kind: "events", calendarId });
    return written;
  }

  /** Every cursor given out so far for this calendar has expired. */
  expireCursors(calendar: StoredCalendar): void {
    calendar.oldestCursor = this.nextRevision();
    calendar.revision = calendar.oldestCursor;
  }

  expireListCursors(accountId: string): void {
    this.list(accountId).oldestCursor = this.nextRevision();
  }

  /** A number that stands for everything that has happened up to now. */
  now(): number {
    return this.lastRevision;
  }

  private touchEntries(calendarId: string, change: Partial<ListEntry>): void {
    for (const { accountId, entries } of this.lists.values()) {
      const entry = entries.get(calendarId);
      if (entry !== undefined) this.putEntry(accountId, { ...entry, ...change });
    }
  }

  private nextRevision(): number {
    this.lastRevision = Math.max(this.lastRevision + 1, this.deps.now());
    return this.lastRevision;
  }
}

const RULES_KEPT = 10;

function formerRules(known: StoredEvent | undefined, { start, end, recurrence }: EventDraft, until: number): FormerRule[] {
  if (known === undefined) return [];
  const before = { start: known.start, end: known.end, recurrence: known.recurrence };
  const isSame = known.recurrence.length === 0 || JSON.stringify(before) === JSON.stringify({ start, end, recurrence });
  return isSame ? known.formerly : [...known.formerly, { ...before, until }].slice(-RULES_KEPT);
}

/** Revisions look like Google's ETags: sixteen digits in quotation marks. */
export function etagOf(revision: number): string {
  return `"${revision * 2000}"`;
}
