/** Everything that an alert can be about, with its heading and what a person does about it. */
export const ALERT_KINDS = {
  queue_depth: {
    title: "Many jobs are waiting",
    action: "Look which organization and provider the jobs are for. Raise SYNC_CONCURRENT_JOBS if the machine has room.",
  },
  oldest_job: {
    title: "A job has been waiting for long",
    action: "Look at the jobs under way: when all slots are taken by long runs, wait or cancel one.",
  },
  processing_time: {
    title: "A job runs for very long",
    action: "A first import may take that long. Otherwise look whether its provider answers slowly.",
  },
  error_rate: {
    title: "Many runs fail",
    action: "Open the failed jobs of this provider: when they all say the same, the provider has a problem.",
  },
  webhook_failures: {
    title: "Many notifications are refused",
    action: "Look at the received notifications. Wrong secrets mean an old channel or somebody guessing.",
  },
  sync_lag: {
    title: "An account is behind",
    action: "Open its jobs: a run that waits, fails or is held says why.",
  },
  authentication: {
    title: "A provider refuses the sign-in",
    action: "Its owner reconnects the account under Connections.",
  },
  subscription: {
    title: "A push channel could not be kept",
    action: "The calendar is polled meanwhile. Look at the channel's last error under Webhooks.",
  },
  dead_job: {
    title: "Work has been given up",
    action: "Open the dead letters, mend what the error names, then retry or discard them.",
  },
  held_run: {
    title: "Deletions wait for a person",
    action: "Look at the provider. If the events are really gone, let the deletions through under Connections.",
  },
} as const;

export type AlertKind = keyof typeof ALERT_KINDS;

/** `critical`: people miss changes until somebody acts; `warning`: it may pass. */
export const ALERT_SEVERITIES = ["warning", "critical"] as const;
export type AlertSeverity = (typeof ALERT_SEVERITIES)[number];

/** The key of an incident: one alert is open for it at a time. */
export function incidentKey(kind: AlertKind, subject = "deployment"): string {
  return `${kind}:${subject}`;
}
