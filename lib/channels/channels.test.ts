import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { callbackAddress } from "./callback";
import { rungAfter } from "./ladder";
import { renewalAt } from "./renewal";
import { silenceLimitMs } from "./rhythm";

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;

describe("the renewal of a channel", () => {
  it("comes when a fifth of its life is left, and at the latest a day before its end", () => {
    expect(renewalAt(0, 7 * DAY)).toBe(Math.round(5.6 * DAY));
    expect(renewalAt(0, 3 * DAY)).toBe(2 * DAY);
    expect(renewalAt(0, 30 * DAY)).toBe(24 * DAY);
    expect(renewalAt(0, HOUR)).toBe(0.8 * HOUR);
  });

  it("never comes before the channel was opened or after its end", () => {
    fc.assert(
      fc.property(fc.nat(10 ** 12), fc.nat(10 ** 10), (openedAt, life) => {
        const at = renewalAt(openedAt, openedAt + life);
        expect(at).toBeGreaterThanOrEqual(openedAt);
        expect(at).toBeLessThanOrEqual(openedAt + life);
      }),
    );
  });
});

describe("the ladder of a calendar that cannot be watched", () => {
  it("retries after 5, 10 and 20 minutes, polls from the fifth failure and gives up at the tenth", () => {
    const rungs = Array.from({ length: 10 }, (_, index) => rungAfter(index + 1));
    expect(rungs.slice(0, 3)).toEqual([5, 10, 20].map((minutes) => ({ kind: "retry", afterMs: minutes * 60_000 })));
    expect(rungs.map(({ kind }) => kind)).toEqual([...Array<string>(4).fill("retry"), ...Array<string>(5).fill("suspended"), "givenUp"]);
  });
});

describe("the silence that a watched calendar may keep", () => {
  const every = (ms: number, count: number) => Array.from({ length: count }, (_, index) => index * ms);
  it("is a day where there is no rhythm yet", () => {
    expect(silenceLimitMs([])).toBe(DAY);
    expect(silenceLimitMs(every(HOUR, 5))).toBe(DAY);
  });
  it("is twice the longest pause, from six hours to a day", () => {
    expect(silenceLimitMs(every(HOUR, 10))).toBe(6 * HOUR);
    expect(silenceLimitMs(every(5 * HOUR, 10).reverse())).toBe(10 * HOUR);
    expect(silenceLimitMs(every(20 * HOUR, 10))).toBe(DAY);
  });
});

describe("the address that a provider calls", () => {
  it("is https, except for a provider on this machine", () => {
    expect(callbackAddress("https://time.example.com/", "google", { allowHttp: false })).toEqual({
      kind: "address",
      address: "https://time.example.com/api/webhooks/google",
    });
    expect(callbackAddress("http://127.0.0.1:3000", "google", { allowHttp: true })).toMatchObject({ address: "http://127.0.0.1:3000/api/webhooks/google" });
    expect(callbackAddress("http://127.0.0.1:3000", "google", { allowHttp: false })).toMatchObject({ problem: { code: "callback_not_https" } });
  });
  it.each([undefined, "", "not an address", "ftp://time.example.com"])("is a named problem when it is %j", (base) => {
    expect(callbackAddress(base, "google", { allowHttp: true }).kind).toBe("problem");
  });
});
