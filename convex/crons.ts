import { cronJobs } from "convex/server";
import { internal } from "./_generated/api";

const crons = cronJobs();

crons.interval("poll connections that are due", { minutes: 1 }, internal.sync.polling.tick, {});
crons.interval("recover lost jobs", { minutes: 1 }, internal.sync.sweep.sweep, {});
crons.daily("remove old jobs", { hourUTC: 3, minuteUTC: 10 }, internal.sync.retention.sweep, {});
crons.daily("remove ended sessions", { hourUTC: 3, minuteUTC: 20 }, internal.accounts.expiry.sweep, {});
crons.weekly(
  "roll the window of occurrences",
  { dayOfWeek: "sunday", hourUTC: 2, minuteUTC: 0 },
  internal.events.roll.roll,
  { cursor: null },
);

export default crons;
