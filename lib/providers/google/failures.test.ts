import { describe, expect, it } from "vitest";
import { FAILURES, failureOf, type FailureCode } from "./failures";
import { refusalOf } from "./refusal";

const answer = (status: number, reason: string | null, retryAfter: string | null = null) => ({
  status,
  retryAfter,
  body: { error: { code: status, message: "Secret review with Ana", ...(reason === null ? {} : { errors: [{ domain: "global", reason, message: "Secret review with Ana" }] }) } },
});

describe("failure texts", () => {
  it("say what is wrong and what to do, with nothing left to fill in", () => {
    for (const code of Object.keys(FAILURES) as FailureCode[]) {
      const { message, action } = failureOf(code, 500);
      expect(`${message} ${action}`).not.toMatch(/[{}]|undefined|null/);
      expect(message).toMatch(/\.$/);
      expect(action).toMatch(/\.$/);
    }
  });
});

describe("a refused call", () => {
  it.each<[number, string | null, string, string]>([
    [401, "authError", "authRevoked", "sign_in_refused"],
    [403, "rateLimitExceeded", "rateLimited", "rate_limited"],
    [403, "userRateLimitExceeded", "rateLimited", "rate_limited"],
    [403, "quotaExceeded", "rateLimited", "rate_limited"],
    [429, "rateLimitExceeded", "rateLimited", "rate_limited"],
    [429, null, "rateLimited", "rate_limited"],
    [403, "insufficientPermissions", "rejected", "scope_missing"],
    [403, "accessNotConfigured", "rejected", "api_disabled"],
    [403, "forbidden", "rejected", "forbidden"],
    [403, "requiredAccessLevel", "rejected", "forbidden"],
    [403, null, "rejected", "forbidden"],
    [404, "notFound", "rejected", "calendar_gone"],
    [410, "deleted", "rejected", "calendar_gone"],
    [412, "conditionNotMet", "rejected", "changed_meanwhile"],
    [400, "channelIdNotUnique", "rejected", "channel_id_taken"],
    [400, "push.webhookUrlNotHttps", "rejected", "callback_not_https"],
    [401, "push.webhookUrlUnauthorized", "rejected", "callback_not_allowed"],
    [400, "invalid", "rejected", "request_refused"],
    [400, "toString", "rejected", "request_refused"],
    [500, "backendError", "unavailable", "server_error"],
    [503, null, "unavailable", "server_error"],
  ])("with %i %s is %s, %s", (status, reason, kind, code) => {
    const refusal = refusalOf(answer(status, reason), 0);
    expect(refusal).toMatchObject({ status, reason, failure: { kind, code } });
    expect(JSON.stringify(refusal.failure)).not.toContain("Ana");
  });

  it("is read in the newer form of errors too", () => {
    const newer = (reason: string) => refusalOf({ status: 403, retryAfter: null, body: { error: { code: 403, status: "PERMISSION_DENIED", details: [{ locale: "en" }, { reason }] } } }, 0);
    expect(newer("ACCESS_TOKEN_SCOPE_INSUFFICIENT").failure.code).toBe("scope_missing");
    expect(newer("SERVICE_DISABLED").failure.code).toBe("api_disabled");
    expect(newer("RATE_LIMIT_EXCEEDED").failure.kind).toBe("rateLimited");
  });

  it("keeps when to try again, where that is said", () => {
    expect(refusalOf(answer(429, null, "120"), 0).failure).toMatchObject({ retryAfterMs: 120_000 });
    expect(refusalOf(answer(503, null, "Thu, 01 Jan 1970 00:01:00 GMT"), 0).failure).toMatchObject({ retryAfterMs: 60_000 });
    expect(refusalOf(answer(403, "quotaExceeded", "soon"), 0).failure).toMatchObject({ retryAfterMs: null });
  });

  it.each([
    ["<html>Sign in to the hotel's network</html>"],
    [""],
    [null],
    [{ error: "access_denied" }],
    [[]],
  ])("says nothing about the calendar where it is not in the API's form: %j", (body) => {
    for (const status of [400, 401, 403, 404, 410]) {
      expect(refusalOf({ status, retryAfter: null, body }, 0)).toMatchObject({ status: null, failure: { kind: "unavailable", code: "unreadable_answer" } });
    }
    expect(refusalOf({ status: 502, retryAfter: null, body }, 0)).toMatchObject({ status: null, failure: { kind: "unavailable", code: "server_error" } });
  });
});
