import { type Accounts } from "../accounts";
import { type NotificationFaults } from "../faults/notification-faults";
import { type Provider } from "../provider";
import { type SeededRandom } from "../random";
import { type SeedCalendar } from "../seed/shape";
import { type Route } from "../serving/router";
import { type Delivery } from "../traffic/delivery";
import { type BookState, CalendarBook, type Change, EMPTY_BOOK } from "./calendar/book";
import { createMailLog } from "./calendar/events/writing/mail";
import { eventRoutes } from "./calendar/events/routes";
import { createQuota } from "./calendar/quota";
import { calendarRoutes } from "./calendar/routes";
import { type Channel, Channels } from "./channels/channels";
import { channelRoutes } from "./channels/routes";
import { createDesk, type GoogleDesk } from "./desk";
import { Authorizations } from "./oauth/authorize";
import { createBearers } from "./oauth/bearer";
import { type OAuthClient, SANDBOX_CLIENT } from "./oauth/clients";
import { Grants, type GrantsState, NO_GRANTS } from "./oauth/grants";
import { makeSigningKey, type SigningKey } from "./oauth/identity";
import { oauthRoutes } from "./oauth/routes";
import { plant } from "./planting";
import { failureOf } from "./refusals";
import { type GoogleSettings, USUAL_SETTINGS } from "./settings";

/** OAuth lies under this: the hosts that Google has for it are one here. */
const OAUTH_PREFIX = "/google";
/** The API lies where it lies at Google: its client keeps only the origin of a `rootUrl`. */
const API_PREFIX = "/calendar/v3";

/** What is kept between two runs. */
export interface GoogleState {
  book: BookState;
  grants: GrantsState;
  channels: Channel[];
  key: SigningKey | null;
  settings: GoogleSettings;
}

export interface GoogleDeps {
  accounts: Accounts;
  /** Empty: {@link SANDBOX_CLIENT}. */
  clients: readonly OAuthClient[];
  /** What is there at the very first start. */
  calendars: readonly SeedCalendar[];
  state: GoogleState | null;
  delivery: Delivery;
  notificationFaults(): NotificationFaults;
  random(): SeededRandom;
  retryDelaysMs: readonly number[];
  /** Where the sandbox serves. */
  baseUrl(): string;
  now(): number;
  changed(): void;
}

export interface Google extends Provider {
  desk: GoogleDesk;
  snapshot(): GoogleState;
}

/** The stand-in for Google: OAuth, Calendar API v3 and its push channels over one set of accounts. */
export function createGoogle(deps: GoogleDeps): Google {
  const { accounts, now, state } = deps;
  const clients = deps.clients.length === 0 ? [SANDBOX_CLIENT] : deps.clients;
  const signing = { key: state?.key ?? null };
  const settings = { value: { ...USUAL_SETTINGS, ...state?.settings } };
  const grants = new Grants(state?.grants ?? structuredClone(NO_GRANTS), now);
  const channels = new Channels(state?.channels ?? [], { ...deps, isGranted: (accountId, clientId) => grants.has(accountId, clientId) });
  const book = new CalendarBook(state?.book ?? EMPTY_BOOK, { now, onChange: (change) => channels.tell(change, stateOf(book, change)), listsTellRenames: () => settings.value.listsTellRenames });
  if (state === null) plant(book, accounts, deps.calendars);

  const issuer = (): string => `${deps.baseUrl()}${OAUTH_PREFIX}`;
  const bearers = createBearers(accounts, grants);
  const mails = createMailLog(now);
  let making: Promise<SigningKey> | undefined;
  const key = async (): Promise<SigningKey> => (signing.key ??= await (making ??= makeSigningKey()));
  const tokens = { accounts, grants, clients, key, issuer, settings: () => settings.value, now };
  const watching = { book, bearers, channels, now, syncBeforeAnswer: () => deps.notificationFaults().syncBeforeAnswer, apiUrl: () => `${deps.baseUrl()}${API_PREFIX}` };
  const metered = withQuota(
    [
      ...calendarRoutes(API_PREFIX, { book, bearers }),
      ...eventRoutes(API_PREFIX, { book, bearers, mails, pageUrl: deps.baseUrl }),
      ...channelRoutes(API_PREFIX, watching),
    ],
    bearers,
    createQuota(() => settings.value, now),
  );
  return {
    routes: [...oauthRoutes(OAUTH_PREFIX, new Authorizations(tokens), tokens), ...metered],
    accountOf: (request) => bearers.accountOf(request),
    failure: failureOf,
    desk: createDesk({ accounts, book, channels, grants, mails, client: clients[0] ?? SANDBOX_CLIENT, settings, pageUrl: deps.baseUrl, changed: deps.changed }),
    snapshot: () => ({ book: book.snapshot(), grants: grants.snapshot(), channels: channels.snapshot(), key: signing.key, settings: settings.value }),
  };
}

function stateOf(book: CalendarBook, change: Change): "exists" | "not_exists" {
  return change.kind === "events" && book.calendar(change.calendarId) === undefined ? "not_exists" : "exists";
}

function withQuota(routes: readonly Route[], bearers: ReturnType<typeof createBearers>, quota: ReturnType<typeof createQuota>): Route[] {
  return routes.map((route) => ({
    ...route,
    handle(request) {
      const account = bearers.accountOf(request);
      if (account !== null) quota.spend(account.id);
      return route.handle(request);
    },
  }));
}
