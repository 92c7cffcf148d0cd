import type { Infer } from "convex/values";
import type { Doc, Id } from "../../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../../_generated/server";
import type { AlertKind, AlertSeverity } from "../../../lib/monitoring/alert-kinds";
import type { alertSubject } from "../../validators/alert";
import { noteChange } from "./notices";

/** Something that is wrong now. */
export interface Incident {
  /** From `incidentKey`: an alert that is open for it already is not opened a second time. */
  key: string;
  kind: AlertKind;
  severity: AlertSeverity;
  /** Whose it is; null where it is about the deployment. */
  owner: { orgId: Id<"organizations">; ownerUserId: Id<"users"> } | null;
  subject: Infer<typeof alertSubject> | null;
  /** What is wrong, with its figures: one sentence, without event content and without secrets. */
  message: string;
}

/** The open alert of an incident, or null. */
export async function findOpen(ctx: Pick<QueryCtx, "db">, key: string): Promise<Doc<"alerts"> | null> {
  return await ctx.db
    .query("alerts")
    .withIndex("by_key_closedAt", (q) => q.eq("key", key).eq("closedAt", null))
    .first();
}

/** Opens an alert, unless one is open for the same incident. Returns the id of the one that is open then. */
export async function openAlert(
  ctx: MutationCtx,
  { owner, ...incident }: Incident,
): Promise<Id<"alerts">> {
  const open = await findOpen(ctx, incident.key);
  if (open !== null) return open._id;
  const alertId = await ctx.db.insert("alerts", {
    ...incident,
    orgId: owner?.orgId ?? null,
    ownerUserId: owner?.ownerUserId ?? null,
    openedAt: Date.now(),
    closedAt: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
  });
  await noteChange(ctx, alertId, "opened");
  return alertId;
}

/** The incident is over. Nothing happens where no alert is open for it. */
export async function closeAlert(ctx: MutationCtx, key: string): Promise<void> {
  const open = await findOpen(ctx, key);
  if (open === null) return;
  await ctx.db.patch(open._id, { closedAt: Date.now() });
  await noteChange(ctx, open._id, "closed");
}
