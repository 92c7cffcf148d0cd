import { type Accounts } from "../accounts";
import { type CallFaults } from "../faults/call-faults";
import { notificationFaults, type NotificationFaults, RELIABLE } from "../faults/notification-faults";
import { type GoogleDesk } from "../google/desk";
import { seededRandom, type SeededRandom } from "../random";
import { type CallLog } from "../traffic/call-log";
import { type Attempt, type Delivery } from "../traffic/delivery";

/** Everything that can be seen and switched from outside the providers' own interfaces. */
export interface Control {
  accounts: Accounts;
  calls: Pick<CallLog, "recent" | "counts" | "total" | "reset">;
  faults: Omit<CallFaults, "meet">;
  google: GoogleDesk;
  notifications(limit: number, after?: number): Attempt[];
  notificationFaults(): NotificationFaults;
  /** Changes what is named and leaves the rest. Throws ZodError on values that cannot be. */
  changeNotificationFaults(change: Partial<NotificationFaults>): NotificationFaults;
  /** From here on, chance is drawn from this seed. */
  reseed(seed: string): void;
  /** Ends every fault of calls and of notifications. */
  calm(): void;
  /** Resolves when no notification is on its way any more. */
  idle(): Promise<void>;
  now(): number;
}

export interface ControlDeps {
  accounts: Accounts;
  calls: CallLog;
  delivery: Delivery;
  faults: CallFaults;
  unreliable: { value: NotificationFaults };
  chance: { seed: string; random: SeededRandom };
  google: GoogleDesk;
  now(): number;
  changed(): void;
}

export function control(deps: ControlDeps): Control {
  const { accounts, calls, delivery, faults, unreliable, chance, google, now, changed } = deps;
  const change = (value: NotificationFaults): NotificationFaults => {
    unreliable.value = value;
    changed();
    return value;
  };
  return {
    accounts,
    calls,
    faults,
    google,
    notifications: (limit, after) => delivery.recent(limit, after),
    notificationFaults: () => unreliable.value,
    changeNotificationFaults: (wanted) => change(notificationFaults.parse({ ...unreliable.value, ...wanted })),
    reseed(seed) {
      chance.seed = seed;
      chance.random = seededRandom(seed);
      changed();
    },
    calm() {
      faults.clear();
      change(RELIABLE);
    },
    idle: () => delivery.idle(),
    now,
  };
}
