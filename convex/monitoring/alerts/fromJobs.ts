import type { Infer } from "convex/values";
import type { Doc, Id } from "../../_generated/dataModel";
import type { MutationCtx } from "../../_generated/server";
import { incidentKey, type AlertKind } from "../../../lib/monitoring/alert-kinds";
import { connectionLabel } from "../../connections/label";
import type { providerFailure } from "../../validators/problem";
import { audit } from "../audit";
import { closeIfNoneLeft, supersede } from "../jobs/deadLetters";
import { closeAlert, findOpen, openAlert } from "./incidents";

/*
 * The alerts that are opened and closed where a job ends, in the same transaction.
 */

/** The account refuses us, or the job is a dead letter now: called after the job's row was patched. */
export async function alertOnFailure(
  ctx: MutationCtx,
  job: Doc<"syncJobs">,
  failure: Infer<typeof providerFailure>,
): Promise<void> {
  const config = await ctx.db.get(job.providerConfigId);
  if (config === null) return;
  const { orgId, ownerUserId } = config;
  const owner = { orgId, ownerUserId };
  const label = connectionLabel(config);
  const subject = { kind: "connection" as const, id: config._id, label };
  if (failure.kind === "authRevoked") {
    const key = incidentKey("authentication", config._id);
    if ((await findOpen(ctx, key)) === null) {
      const object = { kind: "connection" as const, id: config._id, label };
      await audit(ctx, { actor: null, action: "token_refresh_failed", object, outcome: "failed", owner, detail: failure.code });
    }
    const message = `${label} has to be reconnected (${failure.code}).`;
    await openAlert(ctx, { key, kind: "authentication", severity: "critical", owner, subject, message });
  }
  if ((await ctx.db.get(job._id))?.status === "failed") {
    const key = incidentKey("dead_job", config._id);
    const message = `Work for ${label} was given up (${failure.code}).`;
    await openAlert(ctx, { key, kind: "dead_job", severity: "warning", owner, subject, message });
  }
}

/** The work is done: what was given up before, on the same thing, is made good. */
export async function alertOnSuccess(ctx: MutationCtx, job: Doc<"syncJobs">): Promise<void> {
  if (await supersede(ctx, job)) await closeIfNoneLeft(ctx, job.providerConfigId);
  if (job.calendarId !== null && job.type !== "renew_subscription") await closeAlert(ctx, incidentKey("held_run", job.calendarId));
}

/** The mass-delete brake has stopped a run. */
export async function alertOnHeld(ctx: MutationCtx, job: Doc<"syncJobs">, deletions: number): Promise<void> {
  const config = await ctx.db.get(job.providerConfigId);
  if (config === null || job.calendarId === null) return;
  const { orgId, ownerUserId } = config;
  const label = connectionLabel(config);
  await openAlert(ctx, {
    key: incidentKey("held_run", job.calendarId),
    kind: "held_run",
    severity: "critical",
    owner: { orgId, ownerUserId },
    subject: { kind: "calendar", id: job.calendarId, label },
    message: `${deletions.toLocaleString("en")} deletions in a calendar of ${label} wait for a person.`,
  });
}

const OF_A_CONNECTION = ["authentication", "dead_job", "sync_lag"] as const satisfies AlertKind[];

/** The account is being removed: nothing about it is wrong any more. */
export async function closeAlertsOfConnection(ctx: MutationCtx, connectionId: Id<"providerConfigs">): Promise<void> {
  for (const kind of OF_A_CONNECTION) await closeAlert(ctx, incidentKey(kind, connectionId));
}

/** The calendar is being removed. */
export async function closeAlertsOfCalendar(ctx: MutationCtx, calendarId: Id<"calendars">): Promise<void> {
  await closeAlert(ctx, incidentKey("held_run", calendarId));
}
