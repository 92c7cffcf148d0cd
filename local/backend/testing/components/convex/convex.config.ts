import rateLimiter from "@convex-dev/rate-limiter/convex.config.js";
import workpool from "@convex-dev/workpool/convex.config.js";
import { defineApp } from "convex/server";
import { v } from "convex/values";
import ledger from "./ledger/convex.config.js";

const app = defineApp({ env: { FIXTURE_CURRENCY: v.optional(v.string()) } });
app.use(rateLimiter);
app.use(workpool, { name: "pool" });
app.use(ledger, { httpPrefix: "/ledger/", env: { CURRENCY: app.env.FIXTURE_CURRENCY, BRANCH: "main" } });
app.use(ledger, { name: "second", env: { BRANCH: "second" } });

export default app;
