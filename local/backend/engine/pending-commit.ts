import { hostLimits } from "../limits";
import type { Write } from "../store/store";
import type { PendingWrites } from "../store/store-views";
import type { Key } from "../values/keys";

/** A commit on its way to the disk: until it is there nobody may be told of it. It changes no catalog. */
export interface PendingCommit extends PendingWrites {
  readonly touched: readonly Key[];
  /** It will never be there. Known before anything that was begun with it has come to an end. */
  failed: boolean;
}

/** Told before a small commit, inside the lock: what is begun in the same breath runs while the disk works. */
export type CommittingListener = (pending: PendingCommit) => void;

/** Whether writes are few enough to be handed to another thread for less than it gains. */
export function isSmall(writes: readonly Write[]): boolean {
  let characters = 0;
  for (const [key, value] of writes) {
    characters += key.length + (value?.length ?? 0);
    if (characters > hostLimits.pendingCharacters) return false;
  }
  return true;
}
