import { defineSchema } from "convex/server";
import { accounts } from "./tables/accounts";
import { calendars } from "./tables/calendars";
import { connections } from "./tables/connections";
import { events } from "./tables/events";
import { monitoring } from "./tables/monitoring";
import { sync } from "./tables/sync";
import { upkeep } from "./tables/upkeep";
import { webhooks } from "./tables/webhooks";

/*
 * Every row belongs to an organization (`orgId`). Times are epoch milliseconds UTC in
 * `…At` fields; all-day dates are `YYYY-MM-DD` strings. What changes often lives apart
 * from what is read often: no query that returns events reads a row that a sync run
 * touches. In `tables/`, above each: who writes it, who reads it. In `validators/`: the
 * shapes that tables share with arguments and answers.
 */

export default defineSchema({ ...accounts, ...connections, ...calendars, ...events, ...webhooks, ...sync, ...monitoring, ...upkeep });
