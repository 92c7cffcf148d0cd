import { ConvexHttpClient } from "convex/browser";
import { z } from "zod";
import { createBatcher } from "../../../app/api/webhooks/batcher";
import { api, internal } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import type { TestBackend } from "../backend";
import { browserOf } from "../google/signing-in";
import { startWorkplace, type Workplace } from "../google/workplace";
import { adminClient } from "../stored";
import { signUp, type Visitor } from "../visitor";
import { townOf, townsperson, type Townsperson, type TownSize } from "./town";

export interface RushHourPlan extends TownSize {
  /** In each, everything happens at once. */
  rounds: number;
  /** Web servers that notifications arrive at. */
  webServers: number;
}

/** What one function would have had to repeat on the real backend. */
export interface Retries {
  path: string;
  calls: number;
  /** Retries in total, and the most of one call. */
  conflicts: number;
  maxRetries: number;
}

interface Resident {
  person: Townsperson;
  visitor: Visitor;
  connectionId: Id<"providerConfigs">;
  calendarIds: Id<"calendars">[];
}

/**
 * Many organizations, and everything at once, round after round: changes at Google and the notifications of them, more
 * notifications at several web servers (some twice, some guessed), runs, what crons do every minute, and people who click. Returns what would
 * have been retried, the most first.
 */
export async function rushHour(plan: RushHourPlan): Promise<Retries[]> {
  const place = await startWorkplace({ world: townOf(plan) }, { GOOGLE_API_RATE_LIMIT: 100_000 });
  const residents: Resident[] = [];
  try {
    place.sandbox.control.google.changeSettings({ callsPerMinute: 1_000_000, callsPerMinutePerUser: 1_000_000 });
    for (let index = 0; index < plan.people; index += 1) residents.push(await moveIn(place, townsperson(index), plan.calendars));
    await quiet(place, residents);
    await conflicts(place.backend, "DELETE");
    for (let round = 0; round < plan.rounds; round += 1) await everythingAtOnce(place, residents, plan, round);
    await quiet(place, residents);
    return await conflicts(place.backend, "GET");
  } finally {
    for (const { visitor } of residents) await visitor.close();
    await place.dispose();
  }
}

async function moveIn({ backend }: Workplace, person: Townsperson, calendars: number): Promise<Resident> {
  const visitor = await signUp(backend, person.email);
  const { code } = await browserOf(backend, visitor).connect({ account: person.id });
  if (code !== "connected") throw new Error(`${person.email} was not connected: ${code}`);
  const states = await visitor.until(api.calendars.states.list, {}, (all) => all.length === calendars && all.every(({ phase }) => phase === "synced"));
  const [card] = await visitor.client.query(api.connections.list.list, {});
  if (card === undefined) throw new Error("There is no connection.");
  return { person, visitor, connectionId: card.connectionId, calendarIds: states.map(({ calendarId }) => calendarId) };
}

async function quiet(place: Workplace, residents: readonly Resident[]): Promise<void> {
  for (let look = 0; look < 2; look += 1) {
    await place.sandbox.control.idle();
    for (const { visitor } of residents) await visitor.until(api.connections.list.list, {}, (cards) => cards.every((card) => !card.syncing));
  }
}

async function everythingAtOnce(place: Workplace, residents: readonly Resident[], plan: RushHourPlan, round: number): Promise<void> {
  const { google } = place.sandbox.control;
  for (const { person } of residents) {
    for (const { id } of google.calendars(person.email)) google.addEvent(id, eventOf(round));
  }
  await Promise.all([
    ...notifications(place, plan.webServers, round),
    ...minute(place.backend),
    ...residents.flatMap((resident) => clicks(resident, round)),
  ]);
}

const eventOf = (round: number) => ({
  summary: `Round ${round}`,
  start: { dateTime: "2026-06-01T09:00:00", timeZone: "Europe/Berlin" },
  end: { dateTime: "2026-06-01T10:00:00", timeZone: "Europe/Berlin" },
});

/** Beyond the numbers of the stand-in's own messages. */
const FIRST_MESSAGE = 1_000_000;

function notifications({ sandbox, backend }: Workplace, webServers: number, round: number): Promise<unknown>[] {
  const secret = backend.secrets.serverSecret;
  return Array.from({ length: webServers }, () => {
    const http = new ConvexHttpClient(backend.url, { logger: false });
    return createBatcher({
      most: 50,
      timeoutMs: 60_000,
      handOver: (items: { provider: string; channelId: string; token: string; deliveryId: string; tellsOfChange: boolean }[]) =>
        http.mutation(api.webhooks.notify.receive, { secret, notifications: items }, { skipQueue: true }),
    });
  }).flatMap((server, index) =>
    sandbox.control.google.channels().flatMap(({ id, token }) => {
      const one = { provider: "google", channelId: id, token: token ?? "", deliveryId: String(FIRST_MESSAGE + round * webServers + index), tellsOfChange: true };
      return [server.add(one), server.add(one), server.add({ ...one, token: "a guess" })];
    }),
  );
}

function minute(backend: TestBackend): Promise<unknown>[] {
  const admin = adminClient(backend);
  const { sync, webhooks, monitoring } = internal;
  const mutations = [sync.polling.tick, webhooks.schedule.tick, sync.dispatcher.dispatch];
  const actions = [sync.sweep.sweep, monitoring.tick.run];
  return [
    ...mutations.map((tick) => admin.mutation(tick as never, {} as never, { skipQueue: true })),
    ...actions.map((tick) => admin.action(tick as never, {} as never)),
  ];
}

function clicks({ visitor: { client }, connectionId, calendarIds }: Resident, round: number): Promise<unknown>[] {
  const visible = round % 2 === 0;
  const [first] = calendarIds;
  return [
    client.mutation(api.connections.manage.syncNow, { connectionId }),
    ...calendarIds.map((calendarId) => client.mutation(api.calendars.settings.setVisible, { calendarId, visible })),
    ...(first === undefined ? [] : [client.mutation(api.calendars.rebuild.request, { calendarId: first })]),
  ];
}

const report = z.record(z.string(), z.object({ calls: z.number(), conflicts: z.number(), maxRetries: z.number() }));

async function conflicts(backend: TestBackend, method: "GET" | "DELETE"): Promise<Retries[]> {
  const response = await fetch(`${backend.url}/api/conflicts`, { method, headers: { Authorization: `Convex ${backend.secrets.adminKey}` } });
  if (!response.ok) throw new Error(`The backend did not tell what would have been retried: HTTP ${response.status}`);
  if (method === "DELETE") return [];
  const counted = Object.entries(report.parse(await response.json())).map(([path, counts]) => ({ path, ...counts }));
  return counted.sort((a, b) => b.maxRetries - a.maxRetries || b.conflicts - a.conflicts);
}
