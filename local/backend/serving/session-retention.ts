import { z } from "zod";
import { hostLimits } from "../limits";
import type { Store, Write } from "../store/store";

const remembered = z.object({ at: z.number() });

/** Forgets the outcomes of requests so old that no client will send them again. */
export function pruneSessions(store: Store, now: number): void {
  const old: Write[] = [];
  for (const [key, value] of store.range(["S", "T"])) {
    if (remembered.parse(JSON.parse(value)).at < now - hostLimits.sessionRetentionMs) old.push([key, null]);
  }
  if (old.length > 0) store.commit(old);
}
