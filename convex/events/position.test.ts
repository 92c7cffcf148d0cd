import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { event, NOW, upsert, World } from "../../tests/support/event-world";
import { internal } from "../_generated/api";
import { forgetCursor } from "../calendars/rebuild";

beforeEach(() => void vi.useFakeTimers({ now: NOW }));
afterEach(() => void vi.useRealTimers());

it("a full read that is asked for while changes are read is not forgotten when they have been", async () => {
  const world = await World.make();
  await world.apply([upsert("a", "1", event())], { full: true });
  const [token] = await world.rows("syncTokens");
  expect(token).toMatchObject({ complete: true });
  await world.t.run((ctx) => forgetCursor(ctx, world.calendarId));
  await world.apply([upsert("b", "1", event({ iCalUID: "b" }))]);
  expect(await world.rows("syncTokens")).toMatchObject([{ complete: false, repair: true, cursor: null }]);
  expect(await world.rows("providerEventMappings")).toHaveLength(2);
  await world.apply([upsert("a", "1", event())], { full: true });
  expect((await world.rows("syncTokens"))[0]).toMatchObject({ complete: true });
});

it("a first read that was interrupted knows at its end how many resources there are, though it has not seen all of its listing", async () => {
  const world = await World.make();
  const part = (changes: Parameters<World["apply"]>[0], end: { cursor: string; listed: null } | null) =>
    world.t.mutation(internal.events.apply.page, {
      ...world.lease,
      changes,
      deletionsConcluded: false,
      full: true,
      position: { pageToken: "p", done: changes.length, total: null, end },
    });
  await part([upsert("a", "1", event()), upsert("b", "1", event({ iCalUID: "b" }))], null);
  // The page that was being applied is read again.
  await part([upsert("b", "1", event({ iCalUID: "b" })), upsert("c", "1", event({ iCalUID: "c" }))], { cursor: "s", listed: null });
  expect((await world.t.run((ctx) => ctx.db.query("calendarSyncState").first()))?.resources).toBe(3);
});
