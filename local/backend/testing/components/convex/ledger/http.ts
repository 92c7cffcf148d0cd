import { httpRouter } from "convex/server";
import { internal } from "./_generated/api";
import { httpAction } from "./_generated/server";

const http = httpRouter();
http.route({
  path: "/record",
  method: "POST",
  handler: httpAction(async (ctx, request) => {
    await ctx.runMutation(internal.lib.recordInternally, { account: "http", amount: Number(await request.text()) });
    return new Response(new URL(request.url).pathname);
  }),
});

export default http;
