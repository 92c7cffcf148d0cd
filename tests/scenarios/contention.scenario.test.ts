import { describe, expect, it } from "vitest";
import { rushHour } from "../support/rush-hour/rush-hour";

/** The real backend gives a mutation up after four retries. */
const MOST_RETRIES = 3;

describe("many organizations, and everything at once", () => {
  it("would have had no mutation retried more than three times", async () => {
    const functions = await rushHour({ people: 4, calendars: 3, rounds: 2, webServers: 3 });
    expect(functions.map(({ path }) => path)).toEqual(expect.arrayContaining(["sync/dispatcher:dispatch", "sync/complete:succeed", "webhooks/notify:receive"]));
    expect(functions.filter(({ maxRetries }) => maxRetries > MOST_RETRIES)).toEqual([]);
  });
});
