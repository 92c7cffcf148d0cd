import { emailList, secret, wholeNumber, webAddress } from "../shapes";
import { variable } from "../variable";

const group = "Operating";
const readers = ["convex"] as const;

const seconds = (purpose: string, value: string) =>
  variable({
    group,
    purpose,
    holds: "a whole number of seconds, from 1 to 604800 (a week)",
    readers,
    origin: { kind: "default", value },
    schema: wholeNumber(1, 604_800),
  });

const percent = (purpose: string, value: string) =>
  variable({
    group,
    purpose,
    holds: "a whole number of percent, from 1 to 100",
    readers,
    origin: { kind: "default", value },
    schema: wholeNumber(1, 100),
  });

const days = (purpose: string) =>
  variable({
    group,
    purpose,
    holds: "a whole number of days, from 1 to 3650",
    readers,
    origin: { kind: "default", value: "90" },
    schema: wholeNumber(1, 3_650),
  });

/** What decides who watches over a deployment, when it raises an alert, and how long it remembers. */
export const monitoringVariables = {
  OPERATOR_EMAILS: variable({
    group,
    purpose:
      "Who sees, and may mend, the whole deployment on the operations pages: the e-mail addresses of accounts. With local accounts nobody checks an address: make the account before you name it here.",
    holds: "e-mail addresses separated by commas",
    readers,
    origin: { kind: "absent" },
    schema: emailList,
  }),
  ALERT_WEBHOOK_URL: variable({
    group,
    purpose: "Where alerts are sent when they open and close, as Slack's incoming webhooks take them. Left out, they are in the application only.",
    holds: "an http or https address",
    readers,
    origin: { kind: "absent" },
    secret: true,
    schema: webAddress,
  }),
  ALERT_QUEUE_DEPTH: variable({
    group,
    purpose: "From how many waiting jobs on there is an alert.",
    holds: "a whole number from 1 to 1500",
    readers,
    origin: { kind: "default", value: "1000" },
    schema: wholeNumber(1, 1_500),
  }),
  ALERT_OLDEST_JOB_SECONDS: seconds("How long a job that is due may wait before there is an alert.", "600"),
  ALERT_PROCESSING_SECONDS: seconds("How long one turn of a job may run before there is an alert.", "300"),
  ALERT_ERROR_RATE_PERCENT: percent("Which share of a provider's runs may fail within 15 minutes before there is an alert.", "15"),
  ALERT_WEBHOOK_FAILURE_PERCENT: percent("Which share of received notifications may be refused within 15 minutes before there is an alert.", "10"),
  ALERT_SYNC_LAG_SECONDS: seconds("How far a calendar may be behind, beyond the time between two looks at it, before there is an alert.", "3600"),
  METRICS_RETENTION_DAYS: days("How long figures of jobs are kept."),
  AUDIT_RETENTION_DAYS: days("How long the audit log and closed alerts are kept."),
  HEALTH_TOKEN: variable({
    group,
    purpose: "With this as a bearer token, /api/health/sync tells details. Left out, it says up or down only.",
    holds: "a secret of at least 32 bytes without white space at its ends",
    readers: ["next"],
    origin: { kind: "absent" },
    secret: true,
    schema: secret,
  }),
} as const;
