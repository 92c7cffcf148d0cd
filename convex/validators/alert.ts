import { v } from "convex/values";
import { ALERT_KINDS, ALERT_SEVERITIES, type AlertKind } from "../../lib/monitoring/alert-kinds";
import { oneOf } from "./words";

export const alertKind = oneOf(Object.keys(ALERT_KINDS) as AlertKind[]);

export const alertSeverity = oneOf(ALERT_SEVERITIES);

/** What an alert is about: something that a page can open. The label is an account's or a provider's name. */
export const alertSubject = v.object({
  kind: v.union(v.literal("connection"), v.literal("calendar"), v.literal("provider")),
  id: v.string(),
  label: v.string(),
});
