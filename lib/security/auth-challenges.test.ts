import { describe, expect, it } from "vitest";
import { parseChallenges } from "./auth-challenges";

const read = (header: string) => parseChallenges(header).map(({ scheme, params }) => [scheme, Object.fromEntries(params)]);

describe("WWW-Authenticate", () => {
  it.each([
    ['Basic realm="Calendars"', [["basic", { realm: "Calendars" }]]],
    ["Basic", [["basic", {}]]],
    ['Basic realm="a, b=c \\"d\\"", charset=UTF-8', [["basic", { realm: 'a, b=c "d"', charset: "UTF-8" }]]],
    ['Digest realm="x",qop="auth,auth-int",nonce="n=="', [["digest", { realm: "x", qop: "auth,auth-int", nonce: "n==" }]]],
    ['Digest realm = "x" , nonce = "n", Basic realm="y"', [["digest", { realm: "x", nonce: "n" }], ["basic", { realm: "y" }]]],
    ["Negotiate, NTLM, Basic realm=x", [["negotiate", {}], ["ntlm", {}], ["basic", { realm: "x" }]]],
    ['Negotiate YII+aGk/==, Basic realm="x"', [["negotiate", {}], ["basic", { realm: "x" }]]],
    ["Basic realm=first, realm=second", [["basic", { realm: "first" }]]],
    ["", []],
    ['realm="nobody asked"', []],
    ['Basic realm="never closed', [["basic", {}]]],
  ])("%s", (header, expected) => expect(read(header)).toEqual(expected));

  it("is read in a time that grows with its length only, or the test's own time-out ends it", () => {
    for (const hostile of ['Digest a="'.padEnd(160_000, '\\"'), "a ".repeat(80_000), "Digest ".padEnd(160_000, "A"), ", ".repeat(80_000)]) {
      expect(Array.isArray(parseChallenges(hostile))).toBe(true);
    }
  });
});
