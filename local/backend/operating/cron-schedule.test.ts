import { describe, expect, it } from "vitest";
import { nextDue, type CronSchedule } from "./cron-schedule";

const after = (schedule: CronSchedule, from: string): string => new Date(nextDue(schedule, Date.parse(from), 17)).toISOString();

describe("nextDue", () => {
  it.each<[CronSchedule, string, string]>([
    [{ type: "interval", seconds: 90 }, "2026-01-01T00:00:00Z", "2026-01-01T00:01:30.000Z"],
    [{ type: "hourly", minuteUTC: 15 }, "2026-01-01T00:15:00Z", "2026-01-01T01:15:00.000Z"],
    [{ type: "hourly" }, "2026-01-01T00:00:00Z", "2026-01-01T00:17:00.000Z"],
    [{ type: "daily", hourUTC: 4, minuteUTC: 30 }, "2026-01-31T04:30:30Z", "2026-02-01T04:30:00.000Z"],
    [{ type: "weekly", dayOfWeek: "sunday", hourUTC: 0, minuteUTC: 0 }, "2026-01-05T00:00:00Z", "2026-01-11T00:00:00.000Z"],
    [{ type: "monthly", day: 31, hourUTC: 1, minuteUTC: 0 }, "2026-02-01T00:00:00Z", "2026-03-31T01:00:00.000Z"],
    [{ type: "cron", cron: "*/20 9-17 * * 1-5" }, "2026-01-02T17:41:00Z", "2026-01-05T09:00:00.000Z"],
    [{ type: "cron", cron: "0 0 29 2 *" }, "2026-03-01T00:00:00Z", "2028-02-29T00:00:00.000Z"],
    [{ type: "cron", cron: "0 0 13 * fri" }, "2026-01-01T12:00:00Z", "2026-01-02T00:00:00.000Z"],
    [{ type: "cron", cron: "0 0 * jan 0" }, "2026-12-01T00:00:00Z", "2027-01-03T00:00:00.000Z"],
  ])("%j after %s is %s", (schedule, from, expected) => {
    expect(after(schedule, from)).toBe(expected);
  });

  it.each(["", "* * * *", "60 * * * *", "* * 0 * *", "a * * * *", "5-1 * * * *", "*/0 * * * *", "0 0 31 2 *", "0 0 * * 7"])("refuses %j", (cron) => {
    expect(() => nextDue({ type: "cron", cron }, 0, 0)).toThrow(/cron/i);
  });
});
