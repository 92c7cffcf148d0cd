import { httpRouter } from "convex/server";
import { httpAction } from "./_generated/server";

const http = httpRouter();
http.route({ pathPrefix: "/", method: "POST", handler: httpAction(async () => Promise.resolve(new Response("the app"))) });

export default http;
