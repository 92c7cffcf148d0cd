import { describe, expect, it } from "vitest";
import { readNotification } from "./notifications";

/** As the API sends it; the values are from its guide's shape. */
const SENT = {
  "X-Goog-Channel-ID": "01234567-89ab-cdef-0123456789ab",
  "X-Goog-Channel-Token": "kY3-token_of=ours",
  "X-Goog-Channel-Expiration": "Tue, 10 Nov 2026 17:10:00 GMT",
  "X-Goog-Resource-ID": "ret08u3rv24htgh289g",
  "X-Goog-Resource-URI": "https://www.googleapis.com/calendar/v3/calendars/nora@example.com/events?alt=json",
  "X-Goog-Resource-State": "exists",
  "X-Goog-Message-Number": "10",
};

const read = (changed: Record<string, string | null> = {}) => {
  const headers = new Headers(SENT);
  for (const [name, value] of Object.entries(changed)) {
    if (value === null) headers.delete(name);
    else headers.set(name, value);
  }
  return readNotification(headers);
};

describe("a notification", () => {
  it("is all in its headers", () => {
    expect(read()).toEqual({
      kind: "notification",
      notification: { channelId: "01234567-89ab-cdef-0123456789ab", token: "kY3-token_of=ours", messageNumber: 10, state: "exists", resourceId: "ret08u3rv24htgh289g" },
    });
  });

  it.each(["sync", "exists", "not_exists"])("may say %s", (state) => {
    expect(read({ "X-Goog-Resource-State": state })).toMatchObject({ kind: "notification", notification: { state } });
  });

  it("may lack what is not needed", () => {
    expect(read({ "X-Goog-Resource-URI": null, "X-Goog-Channel-Expiration": null }).kind).toBe("notification");
  });
});

describe("what is no notification of a channel of ours", () => {
  it.each<[string, string | null]>([
    ["X-Goog-Channel-ID", null],
    ["X-Goog-Channel-ID", ""],
    ["X-Goog-Channel-ID", "a".repeat(65)],
    ["X-Goog-Channel-ID", "a b"],
    ["X-Goog-Channel-ID", "a'; drop--"],
    ["X-Goog-Channel-Token", null],
    ["X-Goog-Channel-Token", "t".repeat(257)],
    ["X-Goog-Channel-Token", "two words"],
    ["X-Goog-Channel-Token", "t\u00e9"],
    ["X-Goog-Message-Number", null],
    ["X-Goog-Message-Number", "0"],
    ["X-Goog-Message-Number", "-1"],
    ["X-Goog-Message-Number", "1e3"],
    ["X-Goog-Message-Number", "9".repeat(16)],
    ["X-Goog-Resource-State", null],
    ["X-Goog-Resource-State", "EXISTS"],
    ["X-Goog-Resource-State", "exists, sync"],
    ["X-Goog-Resource-ID", null],
    ["X-Goog-Resource-ID", "r".repeat(257)],
  ])("is named by its header, and not quoted: %s %j", (name, value) => {
    expect(read({ [name]: value })).toEqual({ kind: "problem", problem: `The header ${name} is missing or not as Google sends it.` });
  });

  it("has two values where one belongs", () => {
    const headers = new Headers(SENT);
    headers.append("X-Goog-Channel-ID", "another");
    expect(readNotification(headers).kind).toBe("problem");
  });
});
