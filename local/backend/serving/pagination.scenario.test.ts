import { ConvexProvider, usePaginatedQuery } from "convex/react";
import { createElement, type ReactElement } from "react";
import { afterAll, beforeAll, expect, it } from "vitest";
import { api } from "../testing/app/convex/_generated/api";
import { eventually, startWorld, type World } from "../testing/harness";
import { openPage, type ReactPage } from "../testing/react-page";

let world: World;
let page: ReactPage;
beforeAll(async () => {
  world = await startWorld();
  page = await openPage(world.backend);
});
afterAll(async () => {
  await page.close();
  await world.end();
});

const PAGE = 4;
interface Drawn {
  ranks: number[];
  status: ReturnType<typeof usePaginatedQuery>["status"];
}
/** Everything that was ever on the screen. */
const drawn: Drawn[] = [];

function Notes(): ReactElement {
  const { results, status, loadMore } = usePaginatedQuery(api.notes.page, {}, { initialNumItems: PAGE });
  const ranks = results.map(({ rank }) => rank);
  drawn.push({ ranks, status });
  return createElement("button", { onClick: () => loadMore(PAGE) }, `${status}: ${ranks.join(" ")}`);
}

const shows = (text: string): Promise<string> => eventually(() => page.text(), (now) => now === text);
const add = (rank: number): Promise<unknown> => world.http().mutation(api.notes.add, { body: `note ${rank}`, rank });
/** The pages that the client asks for with a fixed end: it has split one. */
const boundedPages = (): unknown[] =>
  page.sent.flatMap(({ modifications = [] }) => modifications).filter(({ args }) => ((args?.[0] ?? {}) as { paginationOpts?: { endCursor?: string } }).paginationOpts?.endCursor !== undefined);

/** No list that was shown since `from` has a gap, a document twice, or fewer documents than the one before it; and it never began anew. */
function expectSteady(from: number): void {
  let longest = 0;
  for (const { ranks, status } of drawn.slice(from)) {
    expect(ranks).toEqual([...new Set(ranks)].sort((a, b) => a - b));
    expect(ranks.length).toBeGreaterThanOrEqual(longest);
    expect(status).not.toBe("LoadingFirstPage");
    longest = ranks.length;
  }
}

it("usePaginatedQuery loads page after page, to the end", async () => {
  for (let rank = 10; rank < 110; rank += 10) await add(rank);
  page.draw(createElement(ConvexProvider, { client: page.client }, createElement(Notes)));
  await shows("CanLoadMore: 10 20 30 40");
  const from = drawn.length;
  page.click("button");
  await shows("CanLoadMore: 10 20 30 40 50 60 70 80");
  page.click("button");
  await shows("Exhausted: 10 20 30 40 50 60 70 80 90 100");
  expectSteady(from);
});

it("usePaginatedQuery shows what is inserted before, in and after its pages, each page where it was", async () => {
  const from = drawn.length;
  await add(5);
  await shows("Exhausted: 5 10 20 30 40 50 60 70 80 90 100");
  await add(45);
  await add(25);
  await add(105);
  await shows("Exhausted: 5 10 20 25 30 40 45 50 60 70 80 90 100 105");
  expectSteady(from);
  expect(boundedPages()).toEqual([]);
});

it("usePaginatedQuery splits a page that has grown, and nobody sees the seam", async () => {
  const from = drawn.length;
  for (const rank of [41, 42, 43, 44, 46]) await add(rank);
  await shows("Exhausted: 5 10 20 25 30 40 41 42 43 44 45 46 50 60 70 80 90 100 105");
  await eventually(boundedPages, ({ length }) => length >= 2);
  for (const rank of [47, 48]) await add(rank);
  await shows("Exhausted: 5 10 20 25 30 40 41 42 43 44 45 46 47 48 50 60 70 80 90 100 105");
  expectSteady(from);
});

it("usePaginatedQuery closes up over what is deleted, at the seams of pages too", async () => {
  const notes = await world.http().query(api.notes.list, {});
  const gone = notes.filter(({ rank }) => rank > 40 && rank < 85);
  for (const { _id } of gone) await world.http().mutation(api.notes.remove, { id: _id });
  await shows("Exhausted: 5 10 20 25 30 40 90 100 105");
  await add(44);
  await shows("Exhausted: 5 10 20 25 30 40 44 90 100 105");
});

it("usePaginatedQuery goes on where it was after the backend was away", async () => {
  const from = drawn.length;
  await world.restart("SIGKILL");
  await add(7);
  await shows("Exhausted: 5 7 10 20 25 30 40 44 90 100 105");
  expectSteady(from);
});
