import { describe, expect, it } from "vitest";
import { deploymentFindings, inWords, lagMs, type DeploymentFacts, type Thresholds } from "./rules";

const thresholds: Thresholds = {
  queueDepth: 1_000,
  oldestJobMs: 600_000,
  processingMs: 300_000,
  errorRate: 0.15,
  webhookFailureRate: 0.1,
  syncLagMs: 3_600_000,
};
const well: DeploymentFacts = {
  waiting: 0,
  oldestMs: null,
  longestRunMs: null,
  providers: [],
  notifications: { received: 0, refused: 0 },
};
const keys = (facts: Partial<DeploymentFacts>, open: readonly string[] = []) =>
  deploymentFindings({ ...well, ...facts }, thresholds, (key) => open.includes(key)).map(({ key }) => key);
const provider = (turns: number, failures: number) => ({ provider: "caldav", label: "CalDAV", turns, failures });

describe("alerts about the deployment", () => {
  it("are none while all is well", () => expect(keys({})).toEqual([]));

  it.each<[string, Partial<DeploymentFacts>, Partial<DeploymentFacts>]>([
    ["queue_depth:deployment", { waiting: 1_000 }, { waiting: 999 }],
    ["oldest_job:deployment", { oldestMs: 600_000 }, { oldestMs: 599_999 }],
    ["processing_time:deployment", { longestRunMs: 300_000 }, { longestRunMs: 299_999 }],
    ["error_rate:caldav", { providers: [provider(20, 3)] }, { providers: [provider(20, 2)] }],
    ["webhook_failures:deployment", { notifications: { received: 100, refused: 10 } }, { notifications: { received: 100, refused: 9 } }],
  ])("open %s at its threshold and not below", (key, at, below) => {
    expect(keys(at)).toEqual([key]);
    expect(keys(below)).toEqual([]);
  });

  it("stay open until well below the threshold, so that one incident is one alert", () => {
    const key = "queue_depth:deployment";
    expect(keys({ waiting: 900 }, [key])).toEqual([key]);
    expect(keys({ waiting: 799 }, [key])).toEqual([]);
  });

  it("take no rate from a handful of runs", () => {
    expect(keys({ providers: [provider(9, 9)], notifications: { received: 9, refused: 9 } })).toEqual([]);
  });

  it("stay open while the few runs that are left fail, too", () => {
    const key = "error_rate:caldav";
    expect(keys({ providers: [provider(2, 2)] }, [key])).toEqual([key]);
    expect(keys({ providers: [provider(2, 0)] }, [key])).toEqual([]);
    expect(keys({ providers: [] }, [key])).toEqual([]);
  });

  it("name the provider and the figures", () => {
    const [found] = deploymentFindings({ ...well, providers: [provider(30, 12)] }, thresholds, () => false);
    expect(found).toMatchObject({
      message: "CalDAV: 40 % of 30 runs failed within 15 minutes.",
      subject: { kind: "provider", id: "caldav", label: "CalDAV" },
    });
  });
});

describe("lag", () => {
  const HOUR = 3_600_000;
  it("begins when a polled calendar missed its poll, and a watched one its daily check", () => {
    const lag = (strategy: "polling" | "webhook", ageMs: number) => lagMs({ strategy, inStepAt: 0 }, ageMs, 900_000);
    expect(lag("polling", 900_000)).toBe(0);
    expect(lag("polling", 900_000 + HOUR)).toBe(HOUR);
    expect(lag("webhook", 20 * HOUR)).toBe(0);
    expect(lag("webhook", 26 * HOUR)).toBe(2 * HOUR);
  });
});

it("durations are told in one unit", () => {
  expect([0, 45_900, 60_000, 7_199_000, 7_200_000, 90_000_000 * 2].map(inWords)).toEqual(["0 s", "45 s", "1 min", "1 h", "2 h", "2 d"]);
});
