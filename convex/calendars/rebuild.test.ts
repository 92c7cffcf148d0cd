import { expect, it } from "vitest";
import { api, internal } from "../_generated/api";
import { newDeployment, somebodyMonitored } from "../../tests/support/monitored";

it("a rebuild that somebody asks for is in the audit log", async () => {
  const t = newDeployment();
  const nora = await somebodyMonitored(t, "nora");
  await nora.as.mutation(api.calendars.rebuild.request, { calendarId: nora.calendarId });
  const log = await t.run((ctx) => ctx.db.query("auditLog").collect());
  const { calendarId, ownerUserId } = nora;
  expect(log).toMatchObject([{ action: "rebuild_requested", actorUserId: ownerUserId, ownerUserId, objectKind: "calendar", objectId: calendarId, objectLabel: null }]);
});

it("a whole account is read in full, its list and its calendars, unless it rests", async () => {
  const t = newDeployment();
  const nora = await somebodyMonitored(t, "nora");
  const { connectionId, orgId, calendarId } = nora;
  await t.run((ctx) => ctx.db.insert("syncTokens", { orgId, calendarId, cursor: "token", pageToken: null, done: 0, complete: true }));
  const waiting = async () => {
    const jobs = await t.run((ctx) => ctx.db.query("syncJobs").withIndex("by_providerConfigId_status", (q) => q.eq("providerConfigId", connectionId).eq("status", "pending")).collect());
    return jobs.map(({ type }) => type).sort();
  };
  await nora.as.mutation(api.connections.manage.rebuild, { connectionId });
  await t.mutation(internal.calendars.rebuild.step, { providerConfigId: connectionId, cursor: null });
  expect(await waiting()).toEqual(["refresh_calendar_list"]);
  expect(await t.run((ctx) => ctx.db.query("syncTokens").collect())).toMatchObject([{ complete: false, cursor: null, repair: true }]);
  const log = await t.run((ctx) => ctx.db.query("auditLog").collect());
  expect(log).toMatchObject([{ action: "rebuild_requested", objectKind: "connection", objectId: connectionId }]);
  await nora.as.mutation(api.connections.manage.pause, { connectionId });
  await t.mutation(internal.calendars.rebuild.step, { providerConfigId: connectionId, cursor: null });
  expect(await waiting()).toEqual([]);
  await expect(nora.as.mutation(api.connections.manage.rebuild, { connectionId })).rejects.toThrow("paused");
});
