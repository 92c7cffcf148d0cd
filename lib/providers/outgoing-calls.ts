import type { CallMeter } from "./call-meter";
import type { ProviderFailure } from "./port";

/** Makes room for one request in the budget; the failure with which a run ends where there is none. */
export type ReserveCall = () => Promise<ProviderFailure | null>;

/** What the requests of one account have to do with. */
export interface CallTerms {
  /** Asked before each request. */
  reserveCall?: ReserveCall;
  /** Told of each request that is over, its answer read to the end. */
  meter?: CallMeter;
}

/** A request was not sent, for want of budget. It says nothing about the provider: it ends the run as it is. */
export class CallRefused extends Error {
  override readonly name = "CallRefused";
  constructor(readonly failure: ProviderFailure) {
    super(failure.message);
  }
}

/** The given `fetch`, on these terms. Rejects with {@link CallRefused} where a request may not be sent. */
export function outgoingCalls(fetch: typeof globalThis.fetch, { reserveCall, meter }: CallTerms): typeof globalThis.fetch {
  return async (input, init) => {
    const failure = (await reserveCall?.()) ?? null;
    if (failure !== null) throw new CallRefused(failure);
    const began = performance.now();
    try {
      return await fetch(input, init);
    } finally {
      meter?.record(performance.now() - began);
    }
  };
}
