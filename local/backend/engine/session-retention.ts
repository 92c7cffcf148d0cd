import { z } from "zod";
import { hostLimits } from "../limits";
import type { Write } from "../store/store";
import type { Engine } from "./engine";

const remembered = z.object({ at: z.number() });

/** Forgets the outcomes of requests so old that no client will send them again. */
export function pruneSessions(engine: Engine, now: number): Promise<void> {
  return engine.lock.run(() => {
    const old: Write[] = [];
    for (const [key, value] of engine.store.range(["S", "T"])) {
      if (remembered.parse(JSON.parse(value)).at < now - hostLimits.sessionRetentionMs) old.push([key, null]);
    }
    if (old.length > 0) engine.commit(old, []);
  });
}
