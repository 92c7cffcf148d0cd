import { rateLimited } from "../refusals";
import { type GoogleSettings } from "../settings";

const MINUTE_MS = 60_000;

/** Counts calls of the last minute, per account and in all. */
export interface Quota {
  /** Counts one call. Throws 403 when one of the limits is used up; refused calls do not count. */
  spend(accountId: string): void;
}

export function createQuota(settings: () => GoogleSettings, now: () => number): Quota {
  const perUser = new Map<string, number[]>();
  let calls: number[] = [];
  const recent = (times: readonly number[]): number[] => {
    const since = now() - MINUTE_MS;
    return (times[0] ?? Infinity) > since ? [...times] : times.filter((at) => at > since);
  };
  return {
    spend(accountId) {
      const { callsPerMinute, callsPerMinutePerUser } = settings();
      const own = recent(perUser.get(accountId) ?? []);
      calls = recent(calls);
      if (own.length >= callsPerMinutePerUser) throw rateLimited("userRateLimitExceeded");
      if (calls.length >= callsPerMinute) throw rateLimited("rateLimitExceeded");
      perUser.set(accountId, [...own, now()]);
      calls.push(now());
    },
  };
}
