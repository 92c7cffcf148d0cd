import { cronJobs } from "convex/server";
import { internal } from "./_generated/api";

const crons = cronJobs();
crons.interval("tick", { hours: 1 }, internal.jobs.count, { name: "cron" });
crons.daily("daily", { hourUTC: 4, minuteUTC: 30 }, internal.jobs.count, { name: "daily" });
export default crons;
