import { describe, expect, it } from "vitest";
import { parseChallenges } from "./auth-challenges";
import { digestAuthorization, digestChallenge, type DigestRequest } from "./digest-auth";

const challengeOf = (header: string) => {
  const [first] = parseChallenges(header);
  return first === undefined ? null : digestChallenge(first);
};

function answer(header: string, request: Partial<DigestRequest> = {}): string {
  const challenge = challengeOf(header);
  if (challenge === null) throw new Error("not a challenge that can be answered");
  return digestAuthorization(challenge, {
    username: "Mufasa",
    password: "Circle of Life",
    method: "GET",
    uri: "/dir/index.html",
    nonceCount: 1,
    cnonce: "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
    ...request,
  });
}

const RFC_7616 = 'Digest realm="http-auth@example.org", qop="auth, auth-int", nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"';

describe("an answer to a Digest challenge", () => {
  it.each([
    ["MD5 (RFC 7616 §3.9.1)", `${RFC_7616}, algorithm=MD5`, "8ca523f5e9506fed4657c9700eebdbec"],
    ["SHA-256 (RFC 7616 §3.9.1)", `${RFC_7616}, algorithm=SHA-256`, "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"],
    ["MD5 where nothing is said", RFC_7616, "8ca523f5e9506fed4657c9700eebdbec"],
    ["MD5-sess", `${RFC_7616}, algorithm=MD5-sess`, "e783283f46242139c486a698fec7211d"],
    ["SHA-256-sess", `${RFC_7616}, algorithm=SHA-256-sess`, "2fd51b3a77ad75bad6afad6003e818d767133c46d9e2749e7f5232ae1ea3efd7"],
    ["a server without qop", RFC_7616.replace('qop="auth, auth-int", ', ""), "7b2cc3b30e75b4777ea31027084363fd"],
  ])("is right for %s", (_, header, response) => expect(answer(header)).toContain(`response="${response}"`));

  it("is right for the example of RFC 2617 §3.5", () => {
    const header = 'Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"';
    expect(answer(header, { password: "Circle Of Life", cnonce: "0a4f113b" })).toContain('response="6629fae49393a05397450978507c4ef1"');
  });

  it("has the form that servers read", () => {
    expect(answer(`${RFC_7616}, algorithm=SHA-256`, { nonceCount: 26 })).toMatch(
      /^Digest username="Mufasa", realm="http-auth@example\.org", nonce="7ypf[^"]*", uri="\/dir\/index\.html", response="[0-9a-f]{64}", algorithm=SHA-256, opaque="FQhe[^"]*", qop=auth, nc=0000001a, cnonce="[^"]*"$/,
    );
  });

  it("quotes what a server or a person put into it", () => {
    const text = answer('Digest realm="say \\"hi\\"", nonce="n", qop=auth', { username: 'an"n\\' });
    expect(text).toContain('username="an\\"n\\\\"');
    expect(text).toContain('realm="say \\"hi\\""');
  });

  it("sends a name that no header can hold in the extended notation", () => {
    expect(answer(RFC_7616, { username: "Jäsøn (x)" })).toContain("username*=UTF-8''J%C3%A4s%C3%B8n%20%28x%29,");
  });

  it("hashes a realm as the text that its bytes are", () => {
    const bytes = (text: string) => String.fromCharCode(...new TextEncoder().encode(text));
    const umlaut = answer(`Digest realm="${bytes("Kalender für alle")}", nonce="n", qop=auth`);
    expect(umlaut).toContain('response="d05c8cceb96dc3add5dfd1ee9791739b"');
  });
});

describe("challenges that cannot be answered", () => {
  it.each([
    'Digest realm="x", nonce="n", algorithm=SHA-512-256', 'Digest realm="x", nonce="n", qop="auth-int"',
    'Digest realm="x", nonce="n", algorithm=MD5-sess', 'Digest realm="x"', 'Digest nonce="n"', 'Basic realm="x", nonce="n"',
    'Digest realm="x", nonce="n", algorithm=constructor',
  ])("%s", (header) => expect(challengeOf(header)).toBeNull());

  it("are told from stale ones", () => {
    expect(challengeOf(`${RFC_7616}, stale=TRUE`)?.stale).toBe(true);
    expect(challengeOf(RFC_7616)?.stale).toBe(false);
  });
});
