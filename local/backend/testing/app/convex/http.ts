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
export default http;
