import { once } from "node:events";
import { createServer } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LoginMemory } from "../../security/login-memory";
import type { Resolver } from "../../security/safe-connect";
import { type ConnectionTest, testConnection } from "./test-connection";
import { type FakeAnswer, type FakeDav, multistatus, startFakeDav } from "./testing/fake-dav";

/*
 * What a person may type into the connection form to reach what they must not, and where a server may lead us to
 * the same end. `inside` stands for a service on this machine: it listens on one of LinearTime's own ports, so it is
 * forbidden even where private addresses are allowed, and whatever is called there is seen.
 */
let dav: FakeDav;
let inside: FakeDav;
let insidePort: string;
let lookups: string[];

beforeEach(async () => {
  [dav, inside] = await Promise.all([startFakeDav(), startFakeDav()]);
  insidePort = new URL(inside.url).port;
  lookups = [];
});
afterEach(async () => {
  expect(inside.requests).toEqual([]);
  await Promise.all([dav.stop(), inside.stop()]);
});

const strict = { allowPrivate: false, ownPorts: [] };
const open = () => ({ allowPrivate: true, ownPorts: [Number(insidePort)] });

const connect = (serverUrl: string, more: Partial<Parameters<typeof testConnection>[0]> = {}): Promise<ConnectionTest> =>
  testConnection({
    serverUrl,
    username: "ann",
    password: "s3cret!",
    policy: open(),
    timeoutMs: 3_000,
    logins: new LoginMemory(),
    resolve: (hostname) => {
      lookups.push(hostname);
      return Promise.reject(Object.assign(new Error("no"), { code: "ENOTFOUND" }));
    },
    ...more,
  });

/** A resolver with an answer for every name, which is what a hostile name server is. */
const resolveTo = (...addresses: string[]): Resolver => () => Promise.resolve(addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })));

function expectRefused(result: ConnectionTest, codes: readonly string[]): void {
  expect(result.ok ? "ok" : result.code).toSatisfy((code: string) => codes.includes(code));
  expect(JSON.stringify(result)).not.toMatch(/s3cret|meta-data/);
  if (!result.ok) expect(result.action).toMatch(/\.$/);
}

/** Inputs 1–6: spellings of this machine, of nowhere in particular and of metadata services. */
const HERE = ["127.1", "0x7f000001", "2130706433", "0177.0.0.1", "①②⑦.⓪.⓪.①", "[::1]", "[::ffff:7f00:1]", "[::7f00:1]", "127.0.0.1.", "localhost"];
const NEVER = [
  "[::]", "0.0.0.0", "0", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "169.254.169.254", "169.254.170.2", "[fd00:ec2::254]", "[::ffff:a9fe:a9fe]",
  "168.63.129.16", "100.100.100.200", "[fe80::1]", "2852039166", "0xA9FEA9FE", "255.255.255.255",
];

describe("an address in the form", () => {
  it.each([...HERE, ...NEVER])("%s is refused where only public ones are allowed", async (host) => {
    for (const scheme of ["https://", "http://", ""]) {
      expectRefused(await connect(`${scheme}${host}:${insidePort}/`, { policy: strict, resolve: resolveTo("127.0.0.1") }), ["address_forbidden"]);
    }
  });

  it.each(NEVER)("%s is refused where private ones are allowed as well", async (host) => {
    expectRefused(await connect(`http://${host}/latest/meta-data/`), ["address_forbidden"]);
  });

  it.each(HERE)("%s does not lead to our own port", async (host) => {
    expectRefused(await connect(`http://${host}:${insidePort}/`, { resolve: resolveTo("127.0.0.1") }), ["address_forbidden"]);
  });

  it.each(["https://good@127.0.0.1", "https://good:s3cret!@example.com", "file:///etc/passwd", "gopher://127.0.0.1:70/_x", "ftp://example.com/", "javascript:alert(1)", "https://", "https://exa mple.com/"])(
    "%s is no address",
    async (typed) => {
      expectRefused(await connect(typed), ["address_invalid"]);
      expect(lookups).toEqual([]);
    },
  );

  it("cannot carry another header", async () => {
    dav.answer = () => multistatus([]);
    await connect(`${dav.url}%0d%0aX-Evil:%201/\r\nX-Evil: 1`);
    expect(dav.requests.filter(({ path }) => /[\r\n]/.test(path))).toEqual([]);
  });
});

describe("a name in the form", () => {
  it.each([["127.0.0.1"], ["10.0.0.8"], ["169.254.169.254"], ["::ffff:a9fe:a9fe"], ["fd00:ec2::254"], ["64:ff9b::a9fe:a9fe"], ["93.184.216.34", "127.0.0.1"], ["2606:4700::1111", "fd00:ec2::254"]])(
    "is refused when it resolves to %s %s",
    async (...addresses) => {
      expectRefused(await connect("https://dav.example.com/", { policy: strict, resolve: resolveTo(...addresses) }), ["address_forbidden"]);
    },
  );

  it("is called at the address that was checked, whatever it resolves to afterwards", async () => {
    const resolve: Resolver = (hostname) => {
      lookups.push(hostname);
      return resolveTo(lookups.length === 1 ? "127.0.0.1" : "169.254.169.254")(hostname);
    };
    dav.answer = () => ({ status: 404, headers: { connection: "close" } });
    expectRefused(await connect(`http://rebinding.example.com:${new URL(dav.url).port}/`, { resolve }), ["address_forbidden"]);
    expect(dav.requests).toHaveLength(1);
    expect(lookups).toHaveLength(2);
  });
});

/** Where a server may want to lead us. */
const TARGETS = () => [
  ...HERE.map((host) => `http://${host}:${insidePort}/`),
  ...NEVER.map((host) => `http://${host}/latest/meta-data/`),
  `//169.254.169.254/latest/meta-data/`,
  "https://evil.example/",
  `http://good@127.0.0.1:${insidePort}/`,
  "file:///etc/passwd",
  "gopher://127.0.0.1:70/_x",
  "javascript:alert(1)",
  "http://[",
  "https://exa mple.com/",
];
const REFUSALS = ["address_forbidden", "address_invalid", "redirect_off_site", "not_caldav"];

describe("a redirect", () => {
  it("to any of them is not followed, whether it comes before or after the sign-in", async () => {
    for (const location of TARGETS()) {
      for (const greeting of [null, { status: 401, headers: { "www-authenticate": "Basic" } }]) {
        dav.answer = ({ authorization }) =>
          authorization === null && greeting !== null ? greeting : { status: 307, headers: { location: encodeURI(location).replaceAll("%5B", "[").replaceAll("%5D", "]") } };
        expectRefused(await connect(dav.url), REFUSALS);
      }
    }
    expect(lookups).toEqual([]);
  });

  it("to another host of the same site is followed to allowed addresses only", async () => {
    const { port } = new URL(dav.url);
    dav.answer = () => ({ status: 301, headers: { location: "http://metadata.example.com/latest/meta-data/" } });
    const resolve: Resolver = (hostname) => resolveTo(hostname === "dav.example.com" ? "127.0.0.1" : "169.254.169.254")(hostname);
    expectRefused(await connect(`http://dav.example.com:${port}/`, { resolve }), ["address_forbidden"]);
  });
});

describe("a href that a server answers with", () => {
  const hrefs: [string, (href: string) => FakeAnswer][] = [
    ["the principal", (href) => multistatus([["/", `<d:current-user-principal><d:href>${href}</d:href></d:current-user-principal>`]])],
    ["the calendar home", (href) => multistatus([["/", `<c:calendar-home-set><d:href>${href}</d:href></c:calendar-home-set>`]])],
  ];

  it.each(hrefs)("as %s does not lead to any of them", async (_, answer) => {
    for (const href of TARGETS()) {
      dav.answer = () => answer(href);
      expectRefused(await connect(dav.url), REFUSALS);
    }
    expect(lookups).toEqual([]);
  });

  it("as a calendar does not lead to any of them", async () => {
    const calendar = "<d:resourcetype><d:collection/><c:calendar/></d:resourcetype>";
    for (const href of TARGETS()) {
      dav.answer = ({ path }) =>
        path === "/home/" ? multistatus([[href, calendar]]) : multistatus([["/", "<c:calendar-home-set><d:href>/home/</d:href></c:calendar-home-set>"]]);
      expectRefused(await connect(dav.url), [...REFUSALS, "no_calendars"]);
    }
  });

  it("as a calendar with a name that cannot be decoded is a calendar", async () => {
    const calendar = "<d:resourcetype><d:collection/><c:calendar/></d:resourcetype>";
    dav.answer = ({ path }) =>
      path === "/home/" ? multistatus([["/home/%zz/", calendar]]) : multistatus([["/", "<c:calendar-home-set><d:href>/home/</d:href></c:calendar-home-set>"]]);
    expect(await connect(dav.url)).toMatchObject({ ok: true, calendars: [{ name: "%zz" }] });
  });
});

describe("an answer", () => {
  it("that unpacks to very much more than it seems is given up", async () => {
    const bomb = gzipSync(Buffer.alloc(60_000_000, " "));
    expect(bomb.length).toBeLessThan(100_000);
    dav.answer = () => ({ status: 207, body: bomb, headers: { "content-encoding": "gzip" } });
    expectRefused(await connect(dav.url), ["answer_too_large"]);
  });

  it("that only drips is given up", async () => {
    const server = createServer((socket) => {
      socket.on("error", () => undefined);
      socket.write("HTTP/1.1 207 Multi-Status\r\ncontent-type: application/xml\r\ntransfer-encoding: chunked\r\n\r\n1\r\n<\r\n");
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" ? address?.port : 0;
    expectRefused(await connect(`http://127.0.0.1:${port}/`, { timeoutMs: 200 }), ["timed_out"]);
    server.close();
  });

  it("that takes a little less than the time limit, again and again, is given up as a whole", async () => {
    let answers = 0;
    dav.answer = () => {
      answers += 1;
      return answers < 3 ? { status: 404 } : null;
    };
    expectRefused(await connect(dav.url, { timeoutMs: 60_000, connectWithinMs: 400 }), ["timed_out"]);
  });

  it.each<[string, () => string]>([
    ["deeply nested", () => `<d:multistatus xmlns:d="DAV:">${"<a>".repeat(200_000)}</d:multistatus>`],
    ["made of unfinished ends", () => "<multistatus".repeat(500_000)],
    ["made of blanks", () => `<d:multistatus xmlns:d="DAV:"/>${" ".repeat(2_000_000)}x`],
    ["defining entities", () => `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]><d:multistatus xmlns:d="DAV:"><d:response><d:href>&f;&b;</d:href></d:response></d:multistatus>`],
    ["with names of object internals", () => '<d:multistatus xmlns:d="DAV:"><__proto__><polluted/></__proto__><constructor/><d:response><d:href>/</d:href><d:propstat><d:prop><__proto__><polluted/></__proto__></d:prop></d:propstat></d:response></d:multistatus>'],
  ])("%s is no calendar server, and found out soon", async (_, body) => {
    dav.answer = () => ({ status: 207, body: body() });
    expectRefused(await connect(dav.url, { timeoutMs: 10_000 }), ["not_caldav", "network_failed"]);
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });
});
