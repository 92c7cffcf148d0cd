import type { Id } from "../_generated/dataModel";
import type { MutationCtx } from "../_generated/server";
import {
  auditDetail,
  auditLabel,
  type AuditAction,
  type AuditObject,
  type AuditOutcome,
} from "../../lib/monitoring/audit-actions";

/** One thing that was done. */
export interface AuditEntry {
  /** Who did it; null where LinearTime itself did. */
  actor: Id<"users"> | null;
  action: AuditAction;
  /** What it was done to. `label` is a name of an account or a person: never event content, never a secret. */
  object: { kind: AuditObject; id: string; label?: string };
  outcome: AuditOutcome;
  /** Whose log shows it; null where it concerns the deployment only. */
  owner: { orgId: Id<"organizations">; ownerUserId: Id<"users"> } | null;
  /** A code such as `invalid_grant`. What is not a code is left out. */
  detail?: string;
}

/** Writes down that something was done, in the transaction that did it. */
export async function audit(ctx: Pick<MutationCtx, "db">, entry: AuditEntry): Promise<void> {
  const { object, owner } = entry;
  await ctx.db.insert("auditLog", {
    at: Date.now(),
    action: entry.action,
    outcome: entry.outcome,
    actorUserId: entry.actor,
    orgId: owner?.orgId ?? null,
    ownerUserId: owner?.ownerUserId ?? null,
    objectKind: object.kind,
    objectId: object.id,
    objectLabel: object.label === undefined ? null : auditLabel(object.label),
    detail: auditDetail(entry.detail ?? null),
  });
}
