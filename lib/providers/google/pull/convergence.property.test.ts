import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { GoogleDesk } from "../../../../local/sandbox/google/desk";
import { happen, type Happening, happening } from "../../../../local/sandbox/testing/happenings";
import type { PullPage, PullRequest, RemoteChange } from "../../port";
import { knownOf } from "../../testing/known";
import { historyAccount, type HistoryAccount } from "../testing/history-account";

/** What somebody who only ever applies changes has of a calendar. */
interface Reader {
  resources: Map<string, Extract<RemoteChange, { kind: "upsert" }>>;
  /** `remoteId → occurrence` of what is missing in a series. */
  holes: Map<string, { seriesRemoteId: string; recurrenceId: unknown }>;
  cursor: string | null;
}

function apply({ resources, holes }: Reader, change: RemoteChange): void {
  resources.delete(change.remoteId);
  holes.delete(change.remoteId);
  if (change.kind === "unreadable") throw new Error(`${change.remoteId} could not be read: ${change.reason}`);
  if (change.kind === "upsert") resources.set(change.remoteId, change);
  else if (change.occurrence !== null) holes.set(change.remoteId, change.occurrence);
}

/** Ordered, and without the holes of series that are gone themselves: nobody can see those. */
function contentOf({ resources, holes }: Reader) {
  const seen = [...holes].filter(([, { seriesRemoteId }]) => resources.has(seriesRemoteId));
  return { resources: [...resources].sort(byId), holes: seen.sort(byId) };
}

function byId([a]: readonly [string, ...unknown[]], [b]: readonly [string, ...unknown[]]): number {
  return a < b ? -1 : 1;
}

/** The same by what the sandbox itself has stored, without any reading. */
function truthOf(desk: GoogleDesk, calendar: string) {
  const all = desk.stored(calendar);
  const alive = all.filter(({ status }) => status !== "cancelled");
  const ids = new Set(alive.map(({ id }) => id));
  return {
    resources: alive.map(({ id, etag, summary, recurringEventId }): [string, ...unknown[]] => [id ?? "", etag, summary, recurringEventId ?? null]).sort(byId),
    holes: all
      .filter(({ status, recurringEventId }) => status === "cancelled" && ids.has(recurringEventId))
      .map(({ id, recurringEventId }): [string, unknown] => [id ?? "", recurringEventId])
      .sort(byId),
  };
}

function namedIn(reader: Reader) {
  const { resources, holes } = contentOf(reader);
  return {
    resources: resources.map(([id, { etag, seriesRemoteId, events }]) => [id, etag, events[0]?.title, seriesRemoteId]),
    holes: holes.map(([id, { seriesRemoteId }]) => [id, seriesRemoteId]),
  };
}

/** A run with pages of this size, which may break off after some of them, and during which things may happen. */
const pull = fc.record({ do: fc.constant("pull" as const), pageSize: fc.integer({ min: 1, max: 6 }), meanwhile: fc.array(happening, { maxLength: 2 }), breakAfter: fc.option(fc.integer({ min: 1, max: 3 })) });
const expiry = fc.record({ do: fc.constant("expireCursors" as const) });
const history = fc.array(fc.oneof({ weight: 12, arbitrary: happening }, { weight: 4, arbitrary: pull }, { weight: 1, arbitrary: expiry }), { minLength: 5, maxLength: 40 });

describe("a reader who applies what each run finds", () => {
  let account: HistoryAccount;
  historyAccount((given) => {
    account = given;
  });

  /** One run, as far as it comes; the cursor moves with its last page only. */
  async function run(reader: Reader, calendar: string, { pageSize, breakAfter }: { pageSize: number; breakAfter: number | null }, onPage: (page: PullPage) => void): Promise<void> {
    const provider = account.open(pageSize);
    const known = new Map([...reader.resources.keys(), ...reader.holes.keys()].map((remoteId) => [remoteId, ""]));
    const request: PullRequest = { calendarRemoteId: calendar, mode: reader.cursor === null ? "full" : "incremental", cursor: reader.cursor, pageToken: null, known: knownOf(known), pageSize };
    let pages = 0;
    for await (const page of provider.pull(request)) {
      if (page.kind === "cursorExpired") {
        reader.cursor = null;
        break;
      }
      if (page.kind !== "page") throw new Error(JSON.stringify(page));
      for (const change of page.changes) apply(reader, change);
      if (page.last) reader.cursor = page.cursor;
      pages += 1;
      if (pages === breakAfter) break;
      onPage(page);
    }
    await provider.close();
    if (request.mode === "incremental" && reader.cursor === null) await run(reader, calendar, { pageSize, breakAfter }, onPage);
  }

  it("has in the end what a fresh reading has", async () => {
    const { desk, newCalendar } = account;
    await fc.assert(
      fc.asyncProperty(history, async (steps) => {
        const calendar = await newCalendar();
        const reader: Reader = { resources: new Map(), holes: new Map(), cursor: null };
        let count = 0;
        const happens = (each: Happening) => happen(desk, calendar, each, (count += 1));
        for (const step of steps) {
          if (step.do === "expireCursors") desk.expireCursors(calendar);
          else if (step.do !== "pull") happens(step);
          else {
            const meanwhile = [...step.meanwhile];
            await run(reader, calendar, step, () => void meanwhile.splice(0, 1).forEach(happens));
          }
        }
        const rest = { pageSize: 3, breakAfter: null };
        await run(reader, calendar, rest, () => undefined);
        const fresh: Reader = { resources: new Map(), holes: new Map(), cursor: null };
        await run(fresh, calendar, rest, () => undefined);
        expect(contentOf(reader)).toEqual(contentOf(fresh));
        expect(namedIn(reader)).toEqual(truthOf(desk, calendar));
        const before = contentOf(reader);
        await run(reader, calendar, rest, (page) => expect(page.changes).toEqual([]));
        expect(contentOf(reader)).toEqual(before);
      }),
      { seed: 20261121, numRuns: 60 },
    );
  });
});
