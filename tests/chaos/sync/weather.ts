import type { CallFaultInput } from "../../../local/sandbox/faults/call-faults";
import type { NotificationFaults } from "../../../local/sandbox/faults/notification-faults";

/** How notifications travel while the storm lasts. */
export const NOTIFICATIONS: Partial<NotificationFaults> = { duplicate: 0.1, reorder: 0.2, drop: 0.1, delayMs: [0, 60] };

const listing = (effect: CallFaultInput["effect"], share: number): CallFaultInput => ({ match: "calendar.events.list", effect, share });

/** What becomes of calls while the storm lasts. Pages that lie about being complete are the brake's business, and a person's. */
export const CALLS: readonly CallFaultInput[] = [
  listing({ do: "slow", delayMs: 250 }, 0.3),
  listing({ do: "pages", shape: "partial" }, 0.5),
  listing({ do: "pages", shape: "empty" }, 0.2),
  listing({ do: "status", status: 503 }, 0.04),
  listing({ do: "status", status: 500 }, 0.02),
  listing({ do: "status", status: 429, retryAfterSeconds: 1 }, 0.02),
  listing({ do: "status", status: 403, reason: "rateLimitExceeded" }, 0.02),
  listing({ do: "not_json" }, 0.02),
  listing({ do: "missing_fields" }, 0.02),
  listing({ do: "lose_answer" }, 0.04),
  { match: "calendar.channels.*", effect: { do: "lose_answer" }, share: 0.2 },
];
