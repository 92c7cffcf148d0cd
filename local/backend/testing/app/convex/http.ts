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
export default http;
