import fc from "fast-check";
import { expect, it } from "vitest";
import { historyAccount, type HistoryAccount } from "../../lib/providers/google/testing/history-account";
import type { PullPage, RemoteChange } from "../../lib/providers/port";
import { knownOf } from "../../lib/providers/testing/known";
import type { Event } from "../../local/sandbox/google/desk";
import { happen, happening } from "../../local/sandbox/testing/happenings";
import { World } from "../../tests/support/event-world";

/*
 * Whatever happens at Google between runs, however pages are cut and wherever a run breaks off: in the end a visitor sees what
 * Google itself would show. Between pages and portions nothing is kept but the tables.
 */

/** A run with pages of this size, applied in portions of that size, which may break off after some portions. */
const run = fc.record({
  do: fc.constant("run" as const),
  pageSize: fc.integer({ min: 1, max: 7 }),
  portion: fc.integer({ min: 1, max: 4 }),
  breakAfter: fc.option(fc.integer({ min: 1, max: 4 })),
});
const expiry = fc.record({ do: fc.constant("expireCursors" as const) });
const history = fc.array(fc.oneof({ weight: 40, arbitrary: happening }, { weight: 4, arbitrary: run }, { weight: 1, arbitrary: expiry }), { minLength: 5, maxLength: 90 });

let account: HistoryAccount;
historyAccount((given) => {
  account = given;
});

interface Place {
  world: World;
  calendar: string;
  cursor: string | null;
}

async function read(place: Place, { pageSize, portion, breakAfter }: { pageSize: number; portion: number; breakAfter: number | null }): Promise<void> {
  const { world, calendar, cursor } = place;
  const full = cursor === null;
  const provider = account.open(pageSize);
  const mappings = await world.rows("providerEventMappings");
  const known = knownOf(new Map(mappings.flatMap((row) => (row.placeholder === true ? [] : [[row.remoteId, row.etag]]))));
  let portions = 0;
  try {
    for await (const page of provider.pull({ calendarRemoteId: calendar, mode: full ? "full" : "incremental", cursor, pageToken: null, known, pageSize })) {
      if (page.kind === "cursorExpired") {
        place.cursor = null;
        return await read(place, { pageSize, portion, breakAfter });
      }
      if (page.kind !== "page") throw new Error(JSON.stringify(page));
      for (const { changes, ends } of cut(page, portion)) {
        await world.applyQuietly(changes, { deletionsConcluded: page.deletions !== null, full, ends });
        portions += 1;
        if (!ends && portions === breakAfter) return;
      }
      if (page.last) place.cursor = page.cursor;
    }
  } finally {
    await provider.close();
  }
}

function cut({ changes, last }: PullPage, size: number): { changes: RemoteChange[]; ends: boolean }[] {
  const portions = Array.from({ length: Math.max(1, Math.ceil(changes.length / size)) }, (_, at) => changes.slice(at * size, (at + 1) * size));
  return portions.map((each, at) => ({ changes: each, ends: last && at === portions.length - 1 }));
}

const JUNE = { timeMin: Date.UTC(2026, 4, 31), timeMax: Date.UTC(2026, 6, 2) };

function sightOf({ start, summary }: Event): string {
  return `${new Date(start?.date ?? start?.dateTime ?? "").toISOString().slice(0, 16)} ${summary ?? ""}`;
}

it("a visitor sees in the end what Google itself shows", { timeout: 120_000 }, async () => {
  const { desk, newCalendar } = account;
  await fc.assert(
    fc.asyncProperty(history, async (steps) => {
      const calendar = await newCalendar();
      const place: Place = { world: await World.make(), calendar, cursor: null };
      let count = 0;
      for (const step of steps) {
        if (step.do === "expireCursors") desk.expireCursors(calendar);
        else if (step.do === "run") await read(place, step);
        else happen(desk, calendar, step, (count += 1));
      }
      await read(place, { pageSize: 3, portion: 2, breakAfter: null });
      const shown = (await place.world.projected("2026-06")).filter((sight) => sight < "2026-07").sort();
      const wanted = desk.events(calendar, JUNE).map(sightOf).filter((sight) => sight >= "2026-06" && sight < "2026-07").sort();
      expect(shown).toEqual(wanted);
      const there = new Set(desk.stored(calendar).flatMap(({ id, status, recurringEventId }) => (status !== "cancelled" || recurringEventId !== undefined ? [id] : [])));
      const mappings = await place.world.rows("providerEventMappings");
      expect(mappings.filter((row) => !there.has(row.remoteId))).toEqual([]);
    }),
    { seed: 20261121, numRuns: 100 },
  );
});
