import { cronJobs } from "convex/server";
import { internal } from "./_generated/api";

const crons = cronJobs();

crons.interval("poll connections that are due", { minutes: 1 }, internal.sync.polling.tick, {});
crons.interval("look after watched calendars", { minutes: 1 }, internal.webhooks.schedule.tick, {});
crons.interval("recover lost jobs", { minutes: 1 }, internal.sync.sweep.sweep, {});
crons.interval("roll up figures and look for trouble", { minutes: 1 }, internal.monitoring.tick.run, {});
crons.daily("remove old figures", { hourUTC: 3, minuteUTC: 30 }, internal.monitoring.retention.sweep, {});
crons.hourly("seal secrets with the first key", { minuteUTC: 25 }, internal.connections.credentials.resealing.run, {});
crons.hourly("remove secrets of disconnected accounts", { minuteUTC: 35 }, internal.connections.credentials.forgetting.sweep, {});
crons.hourly("remove sign-ins that were not finished", { minuteUTC: 45 }, internal.connections.oauth.states.sweep, {});
crons.daily("remove old jobs", { hourUTC: 3, minuteUTC: 10 }, internal.sync.retention.sweep, {});
crons.daily("remove old notifications", { hourUTC: 3, minuteUTC: 15 }, internal.webhooks.retention.sweep, {});
crons.daily("remove ended sessions", { hourUTC: 3, minuteUTC: 20 }, internal.accounts.expiry.sweep, {});
crons.interval("bring stored events up to date", { hours: 1 }, internal.events.upgrade.step, {});
crons.weekly(
  "roll the window of occurrences",
  { dayOfWeek: "sunday", hourUTC: 2, minuteUTC: 0 },
  internal.events.roll.roll,
  { cursor: null },
);

export default crons;
