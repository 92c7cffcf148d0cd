import { type Account } from "./accounts";
import { type Answer, type SandboxRequest } from "./serving/exchange";
import { type Route } from "./serving/router";

/** A stand-in for one provider: what the front door needs of it. */
export interface Provider {
  /** Looked up after the sandbox's own; no two providers have the same path. */
  routes: readonly Route[];
  /** Who makes a call, where that can be seen. */
  accountOf(request: SandboxRequest): Account | null;
  /** The provider's own way of saying this status; `kind` is the call's. */
  failure(status: number, reason: string | undefined, kind: string): Answer;
}
