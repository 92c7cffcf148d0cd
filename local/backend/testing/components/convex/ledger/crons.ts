import { cronJobs } from "convex/server";
import { internal } from "./_generated/api";

const crons = cronJobs();
crons.interval("interest", { hours: 1 }, internal.lib.recordInternally, { account: "cron", amount: 1 });

export default crons;
