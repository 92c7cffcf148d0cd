import { flag, wholeNumber } from "../shapes";
import { variable } from "../variable";

const group = "Synchronisation";
const readers = ["convex"] as const;

/** What tunes synchronisation. Left out, the deployment uses the defaults named here. */
export const syncVariables = {
  POLLING_INTERVAL_MS: variable({
    group,
    purpose: "How often a calendar is looked at when nothing announces its changes, in milliseconds (15 minutes). The clock behind it ticks once a minute.",
    holds: "a whole number of milliseconds, from 1000 (a second) to 86400000 (a day)",
    readers,
    origin: { kind: "default", value: "900000" },
    schema: wholeNumber(1_000, 86_400_000),
  }),
  SYNC_CONCURRENT_JOBS: variable({
    group,
    purpose: "How many sync jobs run at once.",
    holds: "a whole number from 1 to 6",
    readers,
    origin: { kind: "default", value: "5" },
    schema: wholeNumber(1, 6),
  }),
  SYNC_TIMEOUT_MS: variable({
    group,
    purpose: "After how long a job stores where it is and goes on in a fresh one, in milliseconds (8 minutes).",
    holds: "a whole number of milliseconds, from 1000 to 540000 (9 minutes)",
    readers,
    origin: { kind: "default", value: "480000" },
    schema: wholeNumber(1_000, 540_000),
  }),
  SYNC_MAX_RETRIES: variable({
    group,
    purpose: "Upper limit of a failed job's retries. Each type of job has its own number (2 to 7), which this can only lower.",
    holds: "a whole number from 0 to 20",
    readers,
    origin: { kind: "absent" },
    schema: wholeNumber(0, 20),
  }),
  BATCH_SIZE: variable({
    group,
    purpose: "How many events are applied in one transaction.",
    holds: "a whole number from 1 to 50",
    readers,
    origin: { kind: "default", value: "50" },
    schema: wholeNumber(1, 50),
  }),
  BATCH_DELAY_MS: variable({
    group,
    purpose: "Pause of a run between two transactions that apply events, for a deployment or a server that should have rest.",
    holds: "a whole number of milliseconds from 0 to 10000",
    readers,
    origin: { kind: "default", value: "0" },
    schema: wholeNumber(0, 10_000),
  }),
  SYNC_POLLING_ONLY: variable({
    group,
    purpose: "1 turns all notifications by providers off: every calendar is polled.",
    holds: "`0` or `1`",
    readers,
    origin: { kind: "default", value: "0" },
    schema: flag,
  }),
  GOOGLE_API_RATE_LIMIT: variable({
    group,
    purpose: "Most calls to Google in a minute for one account. Google allows 600; the rest is left to the person's other applications.",
    holds: "a whole number from 1 to 600",
    readers,
    origin: { kind: "default", value: "500" },
    schema: wholeNumber(1, 600),
  }),
  CALDAV_API_RATE_LIMIT: variable({
    group,
    purpose: "Most calls to a CalDAV server in a minute for one account.",
    holds: "a whole number from 1 to 6000",
    readers,
    origin: { kind: "default", value: "600" },
    schema: wholeNumber(1, 6_000),
  }),
  ALLOW_PRIVATE_ADDRESSES: variable({
    group,
    purpose:
      "Whether a calendar server may have a private or loopback address: 1 when it runs on your own machine, never on a server that others use. npm start sets 1 for the embedded backend. Link-local and metadata addresses and LinearTime's own ports stay closed.",
    holds: "`0` or `1`",
    readers,
    origin: { kind: "worked-out" },
    schema: flag,
  }),
} as const;
