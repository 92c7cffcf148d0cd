import { createServer, type AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LoginMemory } from "../../security/login-memory";
import { selfSignedCertificate } from "./testing/self-signed";
import { type FakeDav, type FakeRequest, multistatus, startFakeDav } from "./testing/fake-dav";
import { testConnection } from "./test-connection";

let dav: FakeDav;
beforeEach(async () => {
  dav = await startFakeDav();
});
afterEach(() => dav.stop());

const policy = { allowPrivate: true, ownPorts: [] };
const connect = (serverUrl = dav.url, more: Partial<Parameters<typeof testConnection>[0]> = {}) =>
  testConnection({ serverUrl, username: "ann", password: "s3cret!", policy, timeoutMs: 2_000, logins: new LoginMemory(), ...more });

const PRINCIPAL = "<d:current-user-principal><d:href>/p/ann/</d:href></d:current-user-principal>";
const HOME = "<c:calendar-home-set><d:href>/home/ann/</d:href></c:calendar-home-set>";
const CALENDAR = "<d:resourcetype><d:collection/><c:calendar/></d:resourcetype><d:displayname>2026</d:displayname>";

/** A server that has its entry at one path only. */
function entryAt(path: string): void {
  dav.answer = (request: FakeRequest) => {
    if (request.path === path) return multistatus([[path, PRINCIPAL]]);
    if (request.path === "/p/ann/") return multistatus([["/p/ann/", HOME]]);
    if (request.path === "/home/ann/") return multistatus([["/home/ann/", ""], ["/home/ann/c1/", CALENDAR]]);
    return { status: 404 };
  };
}

describe("discovery", () => {
  it.each(["/", "/dav/", "/.well-known/caldav"])("starts at %s", async (path) => {
    entryAt(path);
    const result = await connect(path === "/dav/" ? `${dav.url}dav/` : dav.url);
    expect(result).toMatchObject({
      ok: true,
      serverUrl: `${dav.url}home/ann/`,
      principal: `${dav.url}p/ann/`,
      calendars: [{ remoteId: `${dav.url}home/ann/c1/`, name: "2026", accessRole: "owner", color: null }],
    });
  });

  it("follows a redirect of the well-known address on the same site, with method and credentials", async () => {
    entryAt("/dav/");
    const inner = dav.answer;
    dav.answer = (request) => {
      if (request.authorization === null) return { status: 401, headers: { "www-authenticate": 'Basic realm="x"' } };
      return request.path === "/.well-known/caldav" ? { status: 301, headers: { location: "/dav/" } } : inner(request);
    };
    expect(await connect()).toMatchObject({ ok: true });
    expect(dav.requests.every(({ method }) => method === "PROPFIND")).toBe(true);
    expect(dav.requests.map(({ authorization }) => authorization !== null)).toEqual([false, ...dav.requests.slice(1).map(() => true)]);
  });

  it("does not ask for properties that make servers read every object", async () => {
    entryAt("/");
    await connect();
    expect(dav.requests.some(({ body }) => /getctag|sync-token/.test(body))).toBe(false);
  });
});

describe("access", () => {
  const privileges = (...names: string[]) =>
    `<d:current-user-privilege-set>${names.map((name) => `<d:privilege><d:${name}/></d:privilege>`).join("")}</d:current-user-privilege-set>`;

  it.each([
    ["reader", privileges("read", "read-current-user-privilege-set")],
    ["writer", privileges("read", "write-content", "bind", "unbind")],
    ["writer", privileges("read", "write")],
    ["owner", privileges("read", "write", "write-acl")],
    ["owner", privileges("all")],
    ["owner", ""],
  ])("is that of a %s with %s", async (accessRole, properties) => {
    entryAt("/");
    const inner = dav.answer;
    dav.answer = (request) => (request.path === "/home/ann/" ? multistatus([["/home/ann/c1/", CALENDAR + properties]]) : inner(request));
    expect(await connect()).toMatchObject({ ok: true, calendars: [{ accessRole }] });
  });
});

describe("named failures", () => {
  it.each([["not a url at all", "address_invalid"], ["ftp://example.com", "address_invalid"], ["https://ann:pw@example.com", "address_invalid"],
    ["http://169.254.169.254/", "address_forbidden"], ["", "address_invalid"]])("%s is %s", async (typed, code) => {
    expect(await connect(typed)).toMatchObject({ ok: false, code, field: "serverUrl" });
  });

  it("refuses private addresses where they are not allowed", async () => {
    const result = await connect(dav.url, { policy: { allowPrivate: false, ownPorts: [] } });
    expect(result).toMatchObject({ ok: false, code: "address_forbidden" });
    expect(dav.requests).toHaveLength(0);
  });

  it("refuses LinearTime's own port", async () => {
    const result = await connect(dav.url, { policy: { allowPrivate: true, ownPorts: [Number(new URL(dav.url).port)] } });
    expect(result).toMatchObject({ ok: false, code: "address_forbidden" });
  });

  it("says when a host does not exist", async () => {
    const resolve = () => Promise.reject(Object.assign(new Error("no"), { code: "ENOTFOUND" }));
    const result = await connect("https://nowhere.example", { resolve });
    expect(result).toMatchObject({ ok: false, code: "host_not_found", message: "There is no server named nowhere.example." });
  });

  it("says when nothing listens", async () => {
    const probe = createServer();
    await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
    const { port } = probe.address() as AddressInfo;
    await new Promise((resolve) => probe.close(resolve));
    expect(await connect(`http://127.0.0.1:${port}`)).toMatchObject({ ok: false, code: "connection_refused" });
  });

  it("says when the server speaks no TLS", async () => {
    expect(await connect(dav.url.replace("http:", "https:"))).toMatchObject({ ok: false, code: "tls_failed" });
  });

  it("says when the certificate is nobody's", async () => {
    const secure = await startFakeDav(selfSignedCertificate("dav.example.com"));
    try {
      const resolve = () => Promise.resolve([{ address: "127.0.0.1", family: 4 }]);
      const result = await connect(`https://dav.example.com:${new URL(secure.url).port}/`, { resolve });
      expect(result).toMatchObject({ ok: false, code: "certificate_untrusted", field: "serverUrl", action: expect.stringContaining("NODE_EXTRA_CA_CERTS") });
      expect(secure.requests).toEqual([]);
    } finally {
      await secure.stop();
    }
  });

  it("gives up on a server that never answers", async () => {
    dav.answer = () => null;
    expect(await connect(dav.url, { timeoutMs: 100 })).toMatchObject({ ok: false, code: "timed_out" });
  });

  it.each([
    [{ status: 404 }, "not_caldav"], [{ status: 405 }, "not_caldav"], [{ status: 200, body: "<html></html>" }, "not_caldav"],
    [{ status: 403 }, "forbidden"], [{ status: 500 }, "server_error"],
    [{ status: 401, headers: { "www-authenticate": "Basic" } }, "wrong_password"],
    [{ status: 401, headers: { "www-authenticate": 'Digest realm="x", nonce="y"' } }, "wrong_password"],
    [{ status: 401, headers: { "www-authenticate": 'Digest realm="x", nonce="y", qop="auth-int"' } }, "login_method_unsupported"],
    [{ status: 401, headers: { "www-authenticate": "Negotiate, NTLM" } }, "login_method_unsupported"],
  ])("%j is %s", async (answer, code) => {
    dav.answer = () => answer;
    const result = await connect();
    expect(result).toMatchObject({ ok: false, code });
    expect(result.ok ? "" : result.message + result.action).not.toMatch(/s3cret|\{|\}/);
  });

  it("says which password an Apple account needs, and where to make it", async () => {
    dav.answer = () => ({ status: 401, headers: { "www-authenticate": 'Basic realm="MMCalDav"' } });
    const resolve = () => Promise.resolve([{ address: "127.0.0.1", family: 4 }]);
    expect(await connect(`http://caldav.icloud.com:${new URL(dav.url).port}/`, { resolve })).toMatchObject({
      ok: false, code: "app_password_needed", field: "password", action: expect.stringContaining("https://account.apple.com"),
    });
  });

  it("names the status of a server's own problem", async () => {
    dav.answer = () => ({ status: 502 });
    expect(await connect()).toMatchObject({ message: expect.stringContaining("HTTP 502") });
  });

  it("says when the account has no calendars", async () => {
    entryAt("/");
    const inner = dav.answer;
    dav.answer = (request) => (request.path === "/home/ann/" ? multistatus([["/home/ann/", ""]]) : inner(request));
    expect(await connect()).toMatchObject({ ok: false, code: "no_calendars" });
  });

  it("refuses a user name that would change the header", async () => {
    for (const username of ["ann:x", "ann\r\nX-Evil: 1"]) {
      expect(await connect(dav.url, { username })).toMatchObject({ ok: false, code: "username_invalid", field: "username" });
    }
    expect(dav.requests).toHaveLength(0);
  });
});
