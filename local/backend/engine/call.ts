import { randomFillSync } from "node:crypto";
import type { FunctionAddress } from "../components/function-address";
import type { Failure } from "../functions/function-failure";
import type { Identity } from "../workers/worker-protocol";
import { FunctionError, type Encoded } from "../values/encoded-value";
import type { KeyRange } from "../values/keys";
import { assertNesting } from "../values/value-limits";

/** A call of a function from outside or from another function. */
export interface Call extends FunctionAddress {
  args: Encoded;
  identity: Identity;
  /** Clients may call public functions only; the admin key, the scheduler and functions may call any. */
  publicOnly: boolean;
  caller: string;
  /** The same for calls of one action. */
  chain?: object;
  /** The scheduled function that this call goes back to, if any. */
  job?: string | null;
}

/** `ts` is the last commit that the query saw. */
export type QueryOutcome = { logLines: string[]; reads: KeyRange[]; journal: string | null; ts: number } & Settled;
export type MutationOutcome = { logLines: string[] } & (({ ok: true; value: string } & { ts: number }) | { ok: false; failure: Failure });
export type Settled = { ok: true; value: string } | { ok: false; failure: Failure };

/** The request of a client's session, by which a resent mutation is known. */
export interface SessionRequest {
  sessionId: string;
  requestId: number;
}

const REQUEST_ID_BYTES = 8;
// Random bytes are drawn in blocks: a system call for each call of a function would be much of what a small one costs.
const pool = Buffer.alloc(REQUEST_ID_BYTES * 256);
let poolUsed = pool.length;

/** The id by which a call is found in the log. */
export function newRequestId(): string {
  if (poolUsed === pool.length) {
    randomFillSync(pool);
    poolUsed = 0;
  }
  return pool.toString("hex", poolUsed, (poolUsed += REQUEST_ID_BYTES));
}

/** The one argument of a function, from the array or object in which clients send it. Throws {@link FunctionError}. */
export function singleArgument(args: unknown): Encoded {
  const value: unknown = Array.isArray(args) ? (args.length === 0 ? {} : args[0]) : args;
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new FunctionError("The arguments of a Convex function must be one object.");
  const given = value as Encoded; // an object that came as JSON
  assertNesting(given);
  return given;
}
