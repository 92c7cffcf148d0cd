import { describe, expect, it } from "vitest";
import { failureOfResponse } from "./dav-failure";
import { describeFailure, FAILURES, type FailureCode } from "./failures";

describe("failure texts", () => {
  it("say what is wrong and what to do, with nothing left to fill in", () => {
    for (const code of Object.keys(FAILURES) as FailureCode[]) {
      const { message, action } = describeFailure(code, "dav.example.com", 500);
      expect(`${message} ${action}`).not.toMatch(/[{}]|undefined|null/);
      expect(message).toMatch(/\.$/);
      expect(action).toMatch(/\.$/);
    }
  });

  it("send people with Apple accounts to the page for app-specific passwords", () => {
    const failure = failureOfResponse(new Response(null, { status: 401 }), "p42-caldav.icloud.com:443", 0);
    expect(failure.code).toBe("app_password_needed");
    expect(describeFailure(failure.code, failure.host, 401).action).toContain("https://account.apple.com");
  });

  it("do not mistake a host that only ends in the same letters", () => {
    expect(failureOfResponse(new Response(null, { status: 401 }), "noticloud.com", 0).code).toBe("wrong_password");
  });
});
