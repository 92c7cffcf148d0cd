/** What HTTP calls have cost so far. */
export interface CallCost {
  apiCalls: number;
  /** Together, from sending to the end of the answer, milliseconds. */
  callMs: number;
}

/** Counts the calls of one run. */
export interface CallMeter {
  /** One HTTP call is over, however it ended. */
  record(durationMs: number): void;
  cost(): CallCost;
}

export function createCallMeter(): CallMeter {
  let apiCalls = 0;
  let callMs = 0;
  return {
    record(durationMs) {
      apiCalls += 1;
      callMs += Math.max(0, durationMs);
    },
    cost: () => ({ apiCalls, callMs }),
  };
}
