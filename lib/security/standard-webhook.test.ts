import { createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { hasWebhookForm, isSignedBy, isWebhookSecret } from "./standard-webhook";

const NOW_S = 1_800_000_000;
const key = Buffer.alloc(32, 7);
const secret = `whsec_${key.toString("base64")}`;
const BODY = '{"type":"user.created","data":{"id":"user_1"}}';

/** Signs as the scheme says, without the library that is tested. */
function signed(body = BODY, at: number | string = NOW_S, id = "msg_1", with_ = key) {
  const mac = createHmac("sha256", with_).update(`${id}.${at}.${body}`).digest("base64");
  return { id, timestamp: String(at), signature: `v1,${mac}`, body };
}

beforeEach(() => {
  vi.useFakeTimers({ now: NOW_S * 1000 });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("isSignedBy", () => {
  it("accepts a message signed with the secret, also beside another signature", () => {
    expect(isSignedBy(secret, signed())).toBe(true);
    expect(isSignedBy(secret, { ...signed(), signature: `v1,AAAA v1a,x ${signed().signature}` })).toBe(true);
  });

  it("accepts five minutes on either side of now, and not a second more", () => {
    for (const offset of [-300, 300]) expect(isSignedBy(secret, signed(BODY, NOW_S + offset)), `${offset}`).toBe(true);
    for (const offset of [-301, 301]) expect(isSignedBy(secret, signed(BODY, NOW_S + offset)), `${offset}`).toBe(false);
  });

  it.each([
    ["a space added to the body", { body: BODY.replace(":", ": ") }],
    ["another id", { id: "msg_2" }],
    ["another time", { timestamp: String(NOW_S + 1) }],
    ["junk behind the time", { timestamp: `${NOW_S}junk` }],
    ["a time in milliseconds", { timestamp: `${NOW_S}000` }],
    ["no signature", { signature: "" }],
    ["only a prefix", { signature: "v1," }],
    ["no prefix", { signature: signed().signature.slice(3) }],
    ["another version", { signature: signed().signature.replace("v1", "v2") }],
    ["a capital letter in the prefix", { signature: signed().signature.replace("v1", "V1") }],
    ["a signature in capital letters", { signature: `v1,${signed().signature.slice(3).toUpperCase()}` }],
    ["a signature cut short", { signature: signed().signature.slice(0, -4) }],
    ["a signature with more behind it", { signature: `${signed().signature}AAAA` }],
    ["a signature with another secret", { signature: signed(BODY, NOW_S, "msg_1", Buffer.alloc(32, 8)).signature }],
  ])("refuses a message with %s", (_, change) => {
    expect(isSignedBy(secret, { ...signed(), ...change })).toBe(false);
  });

  it("refuses a time with junk even when just that was signed", () => {
    expect(isSignedBy(secret, signed(BODY, `${NOW_S}junk`))).toBe(false);
  });

  it("does not work with a secret that is too short or too long", () => {
    for (const size of [0, 23, 65]) {
      expect(() => isSignedBy(`whsec_${Buffer.alloc(size, 1).toString("base64")}`, signed())).toThrow(/24 to 64 bytes/);
    }
  });
});

it("knows a secret by its prefix and length", () => {
  for (const size of [24, 64]) expect(isWebhookSecret(`whsec_${Buffer.alloc(size, 1).toString("base64")}`)).toBe(true);
  expect(isWebhookSecret(key.toString("base64"))).toBe(false);
  expect(isWebhookSecret("whsec_not base64, whatever its length may be")).toBe(false);
});

it("knows the form of the headers", () => {
  expect(hasWebhookForm(signed())).toBe(true);
  for (const change of [{ id: "" }, { id: "a.b" }, { id: "x".repeat(257) }, { timestamp: "" }, { signature: "" }, { signature: "v1,\u00e9" }]) {
    expect(hasWebhookForm({ ...signed(), ...change }), JSON.stringify(change)).toBe(false);
  }
});
