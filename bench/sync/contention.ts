import { rushHour } from "../../tests/support/rush-hour/rush-hour";
import type { Part } from "./part";
import { alone } from "./support/rows";

const SHOWN = 6;

/**
 * Many organizations and everything at once: what the real backend would have had to retry, as the embedded one plays it through.
 * It gives up after four retries.
 */
export const part: Part = async ({ quick, note }) => {
  const size = quick ? { people: 6, calendars: 3, rounds: 3, webServers: 3 } : { people: 14, calendars: 4, rounds: 8, webServers: 4 };
  const functions = await rushHour(size);
  for (const { path, calls, conflicts, maxRetries } of functions.slice(0, SHOWN)) note(`${path}: ${calls} calls, ${conflicts} retries, at most ${maxRetries} of one`);
  const most = (of: (path: string) => boolean) => Math.max(0, ...functions.filter(({ path }) => of(path)).map(({ maxRetries }) => maxRetries));
  const isDispatcher = (path: string) => path.startsWith("sync/dispatcher:");
  return [
    alone("most retries of one call, dispatcher", "retries", most(isDispatcher)),
    alone("most retries of one call, every other mutation", "retries", most((path) => !isDispatcher(path))),
  ];
};
