import { beforeEach, describe, expect, it } from "vitest";
import { hexHash } from "./message-digest";
import { signedFetch } from "./http-login";
import { LoginMemory } from "./login-memory";

interface Seen {
  url: string;
  authorization: string | null;
}

let seen: Seen[];
let memory: LoginMemory;
beforeEach(() => {
  seen = [];
  memory = new LoginMemory();
});

const unauthorized = (...challenges: string[]) =>
  new Response(null, { status: 401, headers: challenges.map((challenge): [string, string] => ["www-authenticate", challenge]) });

/** A client of a server that answers each request with what `answer` makes of it. */
function client(answer: (request: Seen) => Response, password = "secret") {
  const send = signedFetch({
    username: "ann",
    password,
    memory,
    fetch: (input, init) => {
      const request = { url: new Request(input).url, authorization: new Headers(init?.headers).get("authorization") };
      seen.push(request);
      return Promise.resolve(answer(request));
    },
  });
  if (send === null) throw new Error("the credentials cannot be sent");
  return (path = "/a") => send(new URL(path, "https://dav.example.com"), { method: "PROPFIND" });
}

const paramOf = (authorization: string | null, name: string) => new RegExp(`\\b${name}="?([^",]*)"?`).exec(authorization ?? "")?.[1];
const schemes = () => seen.map(({ authorization }) => authorization?.split(" ")[0] ?? null);

/** Accepts what is signed with MD5 for one of `nonces`, each with rising counts. */
function digestServer(nonces: string[], password = "secret", challenge = "") {
  const counts = new Map<string, number>();
  return ({ url, authorization }: Seen): Response => {
    const param = (name: string) => paramOf(authorization, name) ?? "";
    const count = parseInt(param("nc"), 16);
    const a2 = hexHash("md5", `PROPFIND:${new URL(url).pathname}`);
    const expected = hexHash("md5", [hexHash("md5", `ann:Cal:${password}`), param("nonce"), param("nc"), param("cnonce"), "auth", a2].join(":"));
    const known = param("nonce") === nonces[0];
    if (known && param("response") === expected && count > (counts.get(param("nonce")) ?? 0)) {
      counts.set(param("nonce"), count);
      return new Response("in", { status: 207 });
    }
    return unauthorized(`Digest realm="Cal", qop="auth", nonce="${nonces[0]}"${challenge}`);
  };
}

describe("signing in", () => {
  it("costs one more request, once", async () => {
    const request = client(digestServer(["n1"]));
    for (const path of ["/a", "/b", "/c"]) expect((await request(path)).status).toBe(207);
    expect(schemes()).toEqual([null, "Digest", "Digest", "Digest"]);
    expect(seen.slice(1).map(({ authorization }) => paramOf(authorization, "nc"))).toEqual(["00000001", "00000002", "00000003"]);
  });

  it("costs nothing more in the next session of the same process", async () => {
    const server = digestServer(["n1"]);
    await client(server)();
    seen.length = 0;
    expect((await client(server)("/b")).status).toBe(207);
    expect(schemes()).toEqual(["Digest"]);
  });

  it("uses the strongest of what is offered", async () => {
    await client(({ authorization }) =>
      authorization === null
        ? unauthorized('Basic realm="x"', 'Digest realm="x", nonce="m", qop=auth, algorithm=MD5', 'Digest realm="x", nonce="s", qop=auth, algorithm=SHA-256')
        : new Response(),
    )();
    expect(schemes()).toEqual([null, "Digest"]);
    expect(paramOf(seen[1]?.authorization ?? null, "algorithm")).toBe("SHA-256");
  });

  it("uses Basic where nothing else is offered, and at once from then on", async () => {
    const request = client(({ authorization }) => (authorization === null ? unauthorized('Basic realm="x"') : new Response()));
    await request();
    await request();
    expect(schemes()).toEqual([null, "Basic", "Basic"]);
  });

  it("never uses what the server shows to everybody", async () => {
    const request = client(({ authorization }) => new Response(authorization === null ? "public" : "private"));
    expect(await (await request()).text()).toBe("private");
    expect(await (await request()).text()).toBe("private");
    expect(schemes()).toEqual([null, "Basic", "Basic"]);
  });

  it("does not take a refusal of strangers for the answer", async () => {
    const request = client(({ authorization }) => (authorization === null ? new Response(null, { status: 404 }) : new Response("here")));
    expect((await request()).status).toBe(200);
  });

  it("answers Digest also where a first address did not ask for anything", async () => {
    const server = digestServer(["n1"]);
    const request = client((one) => (one.url.endsWith("/a") ? new Response(null, { status: 404 }) : server(one)));
    expect((await request("/a")).status).toBe(404);
    expect((await request("/b")).status).toBe(207);
    expect(schemes()).toEqual([null, "Basic", null, "Digest"]);
  });

  it("signs for the address that a redirect led to", async () => {
    const server = digestServer(["n1"]);
    const request = client((one) => {
      const moved = { ...one, url: "https://dav.example.com/final" };
      return Object.defineProperty(server(moved), "url", { value: moved.url });
    });
    expect((await request("/.well-known/caldav")).status).toBe(207);
    expect(paramOf(seen[1]?.authorization ?? null, "uri")).toBe("/final");
  });

  it("leaves a busy server alone", async () => {
    const request = client(() => new Response(null, { status: 429 }));
    expect((await request()).status).toBe(429);
    expect(seen).toHaveLength(1);
  });
});

describe("nonces", () => {
  it("that have grown old are replaced, with the count from the start", async () => {
    const nonces = ["n1"];
    const request = client(digestServer(nonces, "secret", ", stale=true"));
    await request();
    nonces[0] = "n2";
    expect((await request("/b")).status).toBe(207);
    expect(seen.slice(1).map(({ authorization }) => [paramOf(authorization, "nonce"), paramOf(authorization, "nc")])).toEqual([
      ["n1", "00000001"], ["n1", "00000002"], ["n2", "00000001"],
    ]);
  });

  it("are replaced also where the server does not say that they are old", async () => {
    const nonces = ["n1"];
    const request = client(digestServer(nonces));
    await request();
    nonces[0] = "n2";
    expect((await request("/b")).status).toBe(207);
  });

  it("are the next ones where the server names them", async () => {
    const request = client(({ authorization }) =>
      authorization === null
        ? unauthorized('Digest realm="x", nonce="n1", qop=auth')
        : new Response(null, { headers: { "authentication-info": 'nextnonce="n2", qop=auth' } }),
    );
    await request();
    await request();
    expect(seen.slice(1).map(({ authorization }) => [paramOf(authorization, "nonce"), paramOf(authorization, "nc")])).toEqual([["n1", "00000001"], ["n2", "00000001"]]);
  });

  it("that are new with every answer and called stale do not make it go on for ever", async () => {
    let nonce = 0;
    const request = client(() => unauthorized(`Digest realm="x", nonce="${(nonce += 1)}", qop=auth, stale=true`));
    expect((await request()).status).toBe(401);
    expect(seen).toHaveLength(4);
  });
});

describe("a refusal", () => {
  it.each([
    ["of a Digest answer", () => unauthorized('Digest realm="x", nonce="same", qop=auth'), 2],
    ["of Basic", () => unauthorized('Basic realm="x"'), 2],
    ["without a way that we know", () => unauthorized("Negotiate", 'Bearer realm="x"'), 1],
    ["without any challenge", () => unauthorized(), 1],
  ])("%s is not asked again", async (_, answer, requests) => {
    expect((await client(answer)()).status).toBe(401);
    expect(seen).toHaveLength(requests);
  });

  it("of a password that was withdrawn costs two attempts", async () => {
    const passwords = ["secret"];
    let nonce = 0;
    const request = client((one) => {
      nonce += 1;
      return digestServer([passwords[0] === "secret" ? "n1" : `n${nonce}`], passwords[0])(one);
    });
    await request();
    passwords[0] = "changed";
    seen.length = 0;
    expect((await request("/b")).status).toBe(401);
    expect(seen).toHaveLength(2);
  });
});

describe("memory", () => {
  it("keeps servers and users apart, and holds so many and no more", () => {
    memory.set("https://a", "ann", { scheme: "basic" });
    expect(memory.get("https://a", "eve")).toBeNull();
    expect(memory.get("https://b", "ann")).toBeNull();
    for (let each = 0; each < 2_000; each += 1) memory.set(`https://${each}`, "ann", { scheme: "basic" });
    expect(memory.get("https://a", "ann")).toBeNull();
    expect(memory.get("https://1", "ann")).toEqual({ scheme: "basic" });
  });
});
