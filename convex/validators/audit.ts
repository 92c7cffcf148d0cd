import { AUDIT_ACTIONS, AUDIT_OBJECTS, AUDIT_OUTCOMES, type AuditAction } from "../../lib/monitoring/audit-actions";
import { oneOf } from "./words";

export const auditAction = oneOf(Object.keys(AUDIT_ACTIONS) as AuditAction[]);
export const auditObject = oneOf(AUDIT_OBJECTS);
export const auditOutcome = oneOf(AUDIT_OUTCOMES);
