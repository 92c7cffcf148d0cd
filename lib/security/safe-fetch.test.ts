import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { createSafeFetch, type SafeFetch, type SafeFetchOptions } from "./safe-fetch";

const running: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of running.splice(0).reverse()) await stop();
});

/** A server on loopback; resolves to its port. */
async function serve(listener: RequestListener): Promise<number> {
  const server: Server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  running.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}

function client(options: Partial<SafeFetchOptions> = {}): SafeFetch {
  const made = createSafeFetch({ policy: { allowPrivate: true, ownPorts: [] }, timeoutMs: 3_000, ...options });
  running.push(() => made.close());
  return made;
}

const loopback = [{ address: "127.0.0.1", family: 4 }];

describe("names", () => {
  it("are resolved once, and the checked address is the one that is called", async () => {
    const port = await serve((_, response) => response.end("hello"));
    let lookups = 0;
    const resolve = () => {
      lookups += 1;
      // A second answer would lead to the metadata service.
      return Promise.resolve(lookups === 1 ? loopback : [{ address: "169.254.169.254", family: 4 }]);
    };
    const response = await client({ resolve }).fetch(`http://rebinding.example:${port}/`);
    expect(await response.text()).toBe("hello");
    expect(lookups).toBe(1);
  });

  it.each([
    [["93.184.216.34", "127.0.0.1"]], [["127.0.0.1", "93.184.216.34"]], [["169.254.169.254"]], [["::ffff:7f00:1"]], [["64:ff9b::7f00:1"]],
  ])("with a forbidden address among %j are refused", async (addresses) => {
    const resolve = () => Promise.resolve(addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })));
    const strict = client({ policy: { allowPrivate: false, ownPorts: [] }, resolve });
    await expect(strict.fetch("https://mixed.example/")).rejects.toMatchObject({ code: "address_forbidden" });
  });

  it("that lead to our own port are refused", async () => {
    const port = await serve((_, response) => response.end("the app"));
    const own = client({ policy: { allowPrivate: true, ownPorts: [port] }, resolve: () => Promise.resolve(loopback) });
    await expect(own.fetch(`http://innocent.example:${port}/`)).rejects.toMatchObject({ code: "address_forbidden" });
    await expect(own.fetch(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({ code: "address_forbidden" });
  });

  it("that do not exist are named as such", async () => {
    const resolve = () => Promise.reject(Object.assign(new Error("x"), { code: "ENOTFOUND" }));
    await expect(client({ resolve }).fetch("https://nowhere.example/")).rejects.toMatchObject({ code: "host_not_found" });
    await expect(client({ resolve: () => Promise.resolve([]) }).fetch("https://nowhere.example/")).rejects.toMatchObject({ code: "host_not_found" });
  });
});

describe("redirects", () => {
  const redirecting = (location: string, status = 302) => serve((_, response) => response.writeHead(status, { location }).end());

  it.each(["http://169.254.169.254/latest/", "http://[::ffff:a9fe:a9fe]/", "http://0.0.0.0/"])("to %s are refused", async (location) => {
    const port = await redirecting(location);
    await expect(client().fetch(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({ code: "address_forbidden" });
  });

  it.each(["file:///etc/passwd", "gopher://x/", "http://good@127.0.0.1/"])("to %s are refused", async (location) => {
    const port = await redirecting(location);
    await expect(client().fetch(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({ code: "address_invalid" });
  });

  it("carry no credentials to another site", async () => {
    let called = false;
    const resolve = () => Promise.resolve(loopback);
    const other = await serve((_, response) => {
      called = true;
      response.end();
    });
    const port = await redirecting(`http://elsewhere.example:${other}/`);
    const request = client({ resolve }).fetch(`http://127.0.0.1:${port}/`, { headers: { Authorization: "Basic c2VjcmV0" } });
    await expect(request).rejects.toMatchObject({ code: "redirect_off_site" });
    expect(called).toBe(false);
  });

  it("to another site are refused also without credentials, where a client is to stay", async () => {
    const port = await redirecting("http://elsewhere.example/");
    const resolve = () => Promise.reject(new Error("nobody asks for its address"));
    await expect(client({ stayOnSite: true, resolve }).fetch(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({ code: "redirect_off_site" });
  });

  it("keep method, body and credentials on the same site", async () => {
    const seen: string[] = [];
    const port = await serve((request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => {
        seen.push(`${request.method} ${request.url} ${request.headers.authorization} ${body}`);
        if (request.url === "/a") response.writeHead(301, { location: "/b" }).end();
        else response.end("done");
      });
    });
    const response = await client().fetch(`http://127.0.0.1:${port}/a`, { method: "PROPFIND", body: "<x/>", headers: { authorization: "Basic eA==" } });
    expect(response.url).toBe(`http://127.0.0.1:${port}/b`);
    expect(seen).toEqual(["PROPFIND /a Basic eA== <x/>", "PROPFIND /b Basic eA== <x/>"]);
  });

  it("in a circle end", async () => {
    const port = await redirecting("/");
    await expect(client().fetch(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({ code: "network_failed" });
  });
});

describe("answers", () => {
  it("that never end are cut off by size", async () => {
    const port = await serve((_, response) => {
      const more = () => {
        while (!response.destroyed && response.write("x".repeat(10_000)));
        if (!response.destroyed) response.once("drain", more);
      };
      more();
    });
    await expect(client({ maxResponseBytes: 100_000 }).fetch(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({ code: "answer_too_large" });
  });

  it("that unpack to more than they seem are cut off by what they unpack to", async () => {
    const bomb = gzipSync(Buffer.alloc(5_000_000));
    const port = await serve((_, response) => response.writeHead(200, { "content-encoding": "gzip" }).end(bomb));
    expect(bomb.length).toBeLessThan(10_000);
    await expect(client({ maxResponseBytes: 100_000 }).fetch(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({ code: "answer_too_large" });
  });

  it("that drip are cut off by time", async () => {
    const port = await serve((_, response) => response.writeHead(200).write("x"));
    await expect(client({ timeoutMs: 100 }).fetch(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({ code: "timed_out" });
  });

  it("that stop in the middle are no answers", async () => {
    const port = await serve((_, response) => {
      response.writeHead(200, { "content-length": "1000" });
      response.write("half", () => response.destroy());
    });
    await expect(client().fetch(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({ code: "network_failed" });
  });

  it("arrive unpacked, with status and headers", async () => {
    const port = await serve((_, response) => response.writeHead(207, { "content-encoding": "gzip", etag: '"1"' }).end(gzipSync("hällo")));
    const response = await client().fetch(`http://127.0.0.1:${port}/`);
    expect([response.status, response.headers.get("etag"), await response.text()]).toEqual([207, '"1"', "hällo"]);
  });
});

describe("requests", () => {
  it.each([["x-test", "a\r\nX-Evil: 1"], ["x-te\r\nst", "a"]])("cannot smuggle a header in %j", async (name, value) => {
    const port = await serve((_, response) => response.end());
    const attempt = Promise.resolve().then(() => client().fetch(`http://127.0.0.1:${port}/`, { headers: [[name, value]] }));
    await expect(attempt).rejects.toThrow();
  });

  it("can be given up by the caller", async () => {
    const port = await serve(() => undefined);
    const controller = new AbortController();
    const request = client().fetch(`http://127.0.0.1:${port}/`, { signal: controller.signal });
    controller.abort();
    await expect(request).rejects.toThrow();
  });

  it("over plain http are refused where private addresses are not allowed", async () => {
    const strict = client({ policy: { allowPrivate: false, ownPorts: [] } });
    await expect(strict.fetch("http://example.com/")).rejects.toMatchObject({ code: "address_forbidden" });
  });
});
