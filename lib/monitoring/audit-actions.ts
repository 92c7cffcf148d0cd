/** What the audit log knows to have been done, each with the words that people read. */
export const AUDIT_ACTIONS = {
  account_created: "Account created",
  account_removed: "Account removed",
  signed_in: "Signed in",
  signed_out: "Signed out",
  role_changed: "Role changed",
  connection_made: "Account connected",
  connection_reconnected: "Account reconnected",
  connection_disconnected: "Account disconnected",
  connection_paused: "Account paused",
  connection_resumed: "Account resumed",
  rebuild_requested: "Rebuild asked for",
  token_refresh_failed: "Sign-in at the provider lost",
  held_run_released: "Held deletions released",
  job_retried: "Job retried",
  job_cancelled: "Job cancelled",
  job_discarded: "Dead letter discarded",
  dead_letters_retried: "All dead letters retried",
  dead_letters_discarded: "All dead letters discarded",
  alert_acknowledged: "Alert acknowledged",
} as const;

export type AuditAction = keyof typeof AUDIT_ACTIONS;

/** `refused`: it was asked for and not allowed; `failed`: it was tried and did not work. */
export const AUDIT_OUTCOMES = ["done", "refused", "failed"] as const;
export type AuditOutcome = (typeof AUDIT_OUTCOMES)[number];

/** What something was done to. */
export const AUDIT_OBJECTS = ["person", "organization", "connection", "calendar", "job", "alert"] as const;
export type AuditObject = (typeof AUDIT_OBJECTS)[number];

const LONGEST_LABEL = 200;

/** A name as the log keeps it: on one line, and no longer than {@link LONGEST_LABEL} characters. */
export function auditLabel(text: string): string {
  const line = text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim();
  return line.length <= LONGEST_LABEL ? line : `${line.slice(0, LONGEST_LABEL - 1)}…`;
}

/**
 * A detail of an entry: a code such as `invalid_grant` or `owner`, never free text, so that nothing that a
 * provider or a person wrote can get into the log through it. Null for anything else.
 */
export function auditDetail(code: string | null): string | null {
  return code !== null && /^[A-Za-z0-9_.:-]{1,64}$/.test(code) ? code : null;
}
