import { httpRouter } from "convex/server";
import { api } from "./_generated/api";
import { httpAction } from "./_generated/server";

const http = httpRouter();
http.route({
  path: "/echo",
  method: "POST",
  handler: httpAction(async (ctx, request) => {
    const value = await ctx.runMutation(api.notes.increment, { name: "http" });
    return new Response(JSON.stringify({ value, body: await request.text() }), { status: 201, headers: { "X-Fixture": "yes" } });
  }),
});
http.route({ pathPrefix: "/under/", method: "GET", handler: httpAction(async (_ctx, request) => Promise.resolve(new Response(new URL(request.url).pathname + new URL(request.url).search))) });
http.route({ pathPrefix: "/under/deeper/", method: "GET", handler: httpAction(async () => Promise.resolve(new Response("deeper"))) });
http.route({ path: "/under/exact", method: "GET", handler: httpAction(async () => Promise.resolve(new Response("exact"))) });
http.route({ path: "/bytes", method: "POST", handler: httpAction(async (_ctx, request) => new Response(await request.arrayBuffer())) });
http.route({
  path: "/fails",
  method: "GET",
  handler: httpAction(async () => {
    console.log("about to fail");
    return Promise.reject(new Error("no answer"));
  }),
});
const response = (change: PropertyDescriptorMap) => Object.defineProperties(new Response("x"), change);
/** Answers that cannot be sent. */
http.route({ path: "/odd/status", method: "GET", handler: httpAction(async () => Promise.resolve(response({ status: { value: 1000 } }))) });
http.route({ path: "/odd/thrower", method: "GET", handler: httpAction(async () => Promise.resolve(response({ headers: { get: () => { throw new Error("no headers"); } } }))) });
http.route({ path: "/odd/kind", method: "GET", handler: httpAction(async () => Promise.resolve({ status: 200, headers: [["a b", "c"]], body: null } as unknown as Response)) });
http.route({ path: "/odd/chunk", method: "GET", handler: httpAction(async () => Promise.resolve(new Response(new ReadableStream({ start: (controller) => controller.enqueue({ not: "bytes" }) })))) });
/** Says "one", and "two" when the counter called "gate" has moved; it ends by failing when that is asked for. */
http.route({
  path: "/stream",
  method: "GET",
  handler: httpAction(async (ctx, request) => {
    const encoder = new TextEncoder();
    const body = new ReadableStream<Uint8Array>({
      start: async (controller) => {
        controller.enqueue(encoder.encode("one"));
        while ((await ctx.runQuery(api.notes.counter, { name: "gate" })) === 0) await new Promise((resolve) => setTimeout(resolve, 5));
        if (request.url.includes("?fails")) return controller.error(new Error("broken off"));
        controller.enqueue(encoder.encode("two"));
        controller.close();
      },
    });
    return Promise.resolve(new Response(body, { headers: [["Set-Cookie", "a=1"], ["Set-Cookie", "b=2"]] }));
  }),
});
/** What cannot be sent as an answer, by its name. */
const unfit: Record<string, () => Response> = {
  error: () => Response.error(),
  header: () => new Response(null, { headers: { "X-Odd": "a\u0001b" } }),
  taken: () => {
    const response = new Response("somebody reads it");
    response.body?.getReader();
    return response;
  },
  nothing: () => undefined as unknown as Response,
  number: () => new Response(new ReadableStream({ start: (controller) => controller.enqueue(42) })),
  buffer: () => new Response(new ReadableStream({ start: (controller) => controller.enqueue(new ArrayBuffer(3)) })),
  longer: () => new Response("eleven char", { headers: { "Content-Length": "5" } }),
  shorter: () => new Response("five.", { headers: { "Content-Length": "11" } }),
};
http.route({
  pathPrefix: "/unfit/",
  method: "GET",
  handler: httpAction((_ctx, request) => {
    const make = unfit[request.url.split("/").at(-1) ?? ""] ?? (() => new Response("fit"));
    return Promise.resolve(make());
  }),
});
export default http;
