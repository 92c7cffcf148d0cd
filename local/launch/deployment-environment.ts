import type { Environment } from "../../lib/environment/validate";
import type { Secrets } from "./secrets";
import { signInOfDeployment, type Change } from "./sign-in";
import { StartError } from "./start-error";

/** What people may set themselves; left out, the deployment has its own default. */
const passedOn = [
  "POLLING_INTERVAL_MS",
  "SYNC_CONCURRENT_JOBS",
  "SYNC_TIMEOUT_MS",
  "SYNC_MAX_RETRIES",
  "BATCH_SIZE",
  "OPERATOR_EMAILS",
  "ALERT_WEBHOOK_URL",
  "ALERT_QUEUE_DEPTH",
  "ALERT_OLDEST_JOB_SECONDS",
  "ALERT_PROCESSING_SECONDS",
  "ALERT_ERROR_RATE_PERCENT",
  "ALERT_WEBHOOK_FAILURE_PERCENT",
  "ALERT_SYNC_LAG_SECONDS",
  "METRICS_RETENTION_DAYS",
  "AUDIT_RETENTION_DAYS",
  "SYNC_POLLING_ONLY",
  "GOOGLE_API_RATE_LIMIT",
  "CALDAV_API_RATE_LIMIT",
  "GOOGLE_CLIENT_ID",
  "GOOGLE_CLIENT_SECRET",
  "GOOGLE_SANDBOX_URL",
  "WEBHOOK_BASE_URL",
] as const;

/** The variables that the functions of the embedded deployment read. */
export function deploymentEnvironment(environment: Environment, secrets: Secrets, ownPorts: readonly number[]): Change[] {
  return [
    ...signInOfDeployment(environment, secrets),
    { name: "LINEARTIME_SERVER_SECRET", value: secrets.serverSecret },
    { name: "CONVEX_ENCRYPTION_KEYS", value: secrets.encryptionKeys },
    { name: "ALLOW_PRIVATE_ADDRESSES", value: environment.ALLOW_PRIVATE_ADDRESSES ?? "1" },
    { name: "LINEARTIME_OWN_PORTS", value: ownPorts.join(",") },
    ...passedOn.map((name): Change => {
      const value = environment[name];
      return value === undefined ? { name } : { name, value: String(value) };
    }),
  ];
}

/** Sets them, all in one call. */
export async function setDeploymentEnvironment(url: string, adminKey: string, changes: readonly Change[]): Promise<void> {
  const response = await fetch(`${url}/api/update_environment_variables`, {
    method: "POST",
    headers: { Authorization: `Convex ${adminKey}`, "Content-Type": "application/json" },
    body: JSON.stringify({ changes }),
  });
  if (!response.ok) {
    throw new StartError(`The backend did not take the deployment's variables (HTTP ${response.status}): ${await response.text()}`);
  }
}
