import { type calendar_v3 } from "googleapis/build/src/apis/calendar";
import { type Account, type Accounts } from "../accounts";
import { Refusal } from "../serving/exchange";
import { type CalendarBook } from "./calendar/book";
import { mergedPatch, readEventBody } from "./calendar/events/writing/event-body";
import { findEvent } from "./calendar/events/reading/find";
import { instancesOf } from "./calendar/events/reading/instances";
import { type Mail, type MailLog } from "./calendar/events/writing/mail";
import { touches } from "./calendar/events/occurrences";
import { eventResource } from "./calendar/events/resource";
import { cancelEvent, insertEvent, replaceEvent } from "./calendar/events/writing/write";
import { listed } from "./calendar/calendar-list";
import { type StoredCalendar } from "./calendar/model";
import { type Channel, type Channels } from "./channels/channels";
import { type OAuthClient } from "./oauth/clients";
import { type Grants } from "./oauth/grants";
import { type GoogleSettings, googleSettings } from "./settings";

/** An event as the API would answer it, and a body as the API would take it. */
export type Event = calendar_v3.Schema$Event;

/** A calendar as the page and tests see it. */
export interface DeskCalendar {
  id: string;
  name: string;
  timeZone: string;
  watchable: boolean;
  role: string;
  events: number;
}

/** Everything that happens at Google without a client asking for it: what people do there, and what goes wrong. */
export interface GoogleDesk {
  calendars(account: string): DeskCalendar[];
  /** Single events and instances that touch the window (epoch milliseconds), by their start. */
  events(calendarId: string, window: { timeMin: number; timeMax: number }): Event[];
  eventById(calendarId: string, eventId: string): Event;
  /** All that is stored, series and exceptions as they are, deleted ones included. */
  stored(calendarId: string): Event[];
  addEvent(calendarId: string, body: Event): Event;
  /** As `events.patch` does it. */
  changeEvent(calendarId: string, eventId: string, patch: Event): Event;
  deleteEvent(calendarId: string, eventId: string): void;
  renameCalendar(calendarId: string, name: string): void;
  /** All cursors given out so far for these calendars, or for all and for the lists as well. */
  expireCursors(calendarId: string | null): void;
  /** Ends every grant of an account: its refresh tokens answer `invalid_grant`. */
  revoke(account: string): void;
  expireAccessTokens(account: string): void;
  /** Channels of this calendar, or all, deliver nothing any more. Returns how many. */
  silenceChannels(calendarId: string | null): number;
  channels(): Channel[];
  mails(): Mail[];
  settings(): GoogleSettings;
  changeSettings(change: Partial<GoogleSettings>): GoogleSettings;
  /** Tokens as if the person had consented: for tests that are not about consent. */
  connect(account: string, scopes: readonly string[]): { accessToken: string; refreshToken: string };
}

export interface DeskDeps {
  accounts: Accounts;
  book: CalendarBook;
  channels: Channels;
  grants: Grants;
  mails: MailLog;
  client: OAuthClient;
  settings: { value: GoogleSettings };
  pageUrl(): string;
  changed(): void;
}

/** Throws Error, with what is wrong, on accounts, calendars and events that do not exist and on what Google would refuse. */
export function createDesk(deps: DeskDeps): GoogleDesk {
  const { accounts, book, channels, grants, settings } = deps;
  const account = (email: string): Account => {
    const found = accounts.byEmail(email);
    if (found === undefined) throw new Error(`There is no account ${email}.`);
    return found;
  };
  const calendar = (id: string): StoredCalendar => {
    const found = book.calendar(id);
    if (found === undefined) throw new Error(`There is no calendar ${id}.`);
    return found;
  };
  const viewOf = ({ id, timeZone }: StoredCalendar) => ({ calendarId: id, zone: timeZone, pageUrl: deps.pageUrl(), maxAttendees: null });
  const writerOf = ({ roles }: StoredCalendar) => {
    const owner = accounts.byId([...roles].find(([, role]) => role === "owner")?.[0] ?? "");
    return { person: { email: owner?.email ?? "nobody@example.com", ...(owner === undefined ? {} : { displayName: owner.name }) }, conferences: true, asOrganizer: true as const };
  };
  /** Runs something at the desk; a refusal becomes an error in words. */
  const done = <Result>(work: () => Result): Result => {
    try {
      return work();
    } catch (thrown) {
      throw thrown instanceof Refusal ? new Error(messageOf(thrown)) : thrown;
    } finally {
      deps.changed();
    }
  };
  return {
    calendars: (email) =>
      listed(book, account(email).id).flatMap(({ entry, calendar: each, role }) =>
        entry.deleted || each === undefined
          ? []
          : [{ id: each.id, name: entry.summaryOverride ?? each.summary, timeZone: each.timeZone, watchable: each.watchable, role, events: each.events.size }],
      ),
    events(id, window) {
      const found = calendar(id);
      const shown = [...found.events.values()].flatMap((event) => {
        if (event.recurrence.length > 0) return instancesOf(found, event, window, false);
        return event.original === null && event.status !== "cancelled" && touches(event, window) ? [event] : [];
      });
      const resources = shown.map((event) => eventResource(event, viewOf(found)));
      const startOf = ({ start }: Event): string => start?.dateTime ?? start?.date ?? "";
      return resources.sort((a, b) => (startOf(a) < startOf(b) ? -1 : 1));
    },
    eventById: (id, eventId) => done(() => eventResource(findEvent(calendar(id), eventId), viewOf(calendar(id)))),
    stored: (id) => [...calendar(id).events.values()].map((event) => eventResource(event, viewOf(calendar(id)))),
    addEvent: (id, body) => done(() => eventResource(insertEvent(book, calendar(id), readEventBody(body), writerOf(calendar(id))), viewOf(calendar(id)))),
    changeEvent: (id, eventId, patch) =>
      done(() => {
        const found = calendar(id);
        const before = findEvent(found, eventId);
        const { sequence: _, ...resource } = eventResource(before, viewOf(found));
        return eventResource(replaceEvent(book, found, before, readEventBody(mergedPatch(resource, patch)), writerOf(found)), viewOf(found));
      }),
    deleteEvent: (id, eventId) => done(() => void cancelEvent(book, calendar(id), findEvent(calendar(id), eventId))),
    renameCalendar: (id, name) => done(() => book.describe(calendar(id).id, { summary: name })),
    expireCursors: (id) =>
      done(() => {
        for (const each of id === null ? book.all() : [calendar(id)]) book.expireCursors(each);
        if (id === null) for (const each of accounts.all()) book.expireListCursors(each.id);
      }),
    revoke: (email) => done(() => void grants.revokeAccount(account(email).id)),
    expireAccessTokens: (email) => done(() => grants.expireAccessTokens(account(email).id)),
    silenceChannels: (id) => done(() => channels.silence(({ resource }) => id === null || (resource.kind === "events" && resource.calendarId === id))),
    channels: () => channels.open(),
    mails: () => deps.mails.recent(),
    settings: () => settings.value,
    changeSettings: (change) =>
      done(() => {
        settings.value = googleSettings.parse({ ...settings.value, ...change });
        return settings.value;
      }),
    connect: (email, scopes) =>
      done(() => {
        const grant = grants.allow(account(email).id, deps.client.id, scopes);
        return {
          accessToken: grants.issueAccessToken(grant.id, scopes, settings.value.accessTokenSeconds),
          refreshToken: grants.issueRefreshToken(grant.id, scopes),
        };
      }),
  };
}

function messageOf({ answer }: Refusal): string {
  const body = JSON.parse(answer.body?.toString() ?? "{}") as { error?: { message?: string } };
  return body.error?.message ?? `refused with ${answer.status}`;
}
