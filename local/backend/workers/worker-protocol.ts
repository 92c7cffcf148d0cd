import type { Analysis } from "../functions/analysis";
import type { PushedComponent } from "../components/component-runtimes";
import type { Encoded } from "../values/encoded-value";
import type { FunctionAddress } from "../components/function-address";
import type { Failure } from "../functions/function-failure";
import type { PushedModule } from "../runtime/module-loader";
import type { PendingWrites } from "../store/store-views";
import type { TransactionOutcome } from "../tables/transaction";

/** Who calls a function, as `ctx.auth.getUserIdentity()` shows it. */
export type Identity = { [claim: string]: Encoded } | null;

/** What every worker is started with. */
export interface WorkerSetup {
  /** The folder of the workers' own code. */
  program: string;
  /** The app's modules. */
  modules: PushedModule[];
  /** The app's `convex.config.ts`, if it has one. */
  definitionSource: string | null;
  components: PushedComponent[];
  env: Record<string, string>;
  /** The folder of the store; only transaction workers open it. */
  storeFolder: string;
  runtime: "isolate" | "node";
  /** Where a Node worker finds the modules as files. */
  moduleFolder: string;
}

/** One query or mutation to run. */
export interface TransactionCall extends FunctionAddress {
  kind: "Query" | "Mutation";
  args: Encoded;
  identity: Identity;
  /** Milliseconds since the epoch: what `Date.now()` says throughout. */
  now: number;
  nextCreationTime: number;
  journal: string | null;
  /** The scheduled function this is, to be marked done in the same transaction. */
  scheduledId: string | null;
  /** The scheduled function that this goes back to: itself, or one that has called it. */
  job: string | null;
  requestId: string;
}

/** What a transaction asks of the scheduler once it is committed. */
export interface SchedulerChange {
  id: string;
  /** Milliseconds since the epoch; null means cancelled. */
  at: number | null;
}

export type TransactionResult = {
  logLines: string[];
  journal: string | null;
  outcome: TransactionOutcome;
  scheduler: SchedulerChange[];
  elapsedMs: number;
  documentsRead: number;
  databaseQueries: number;
  /** The timestamp of the last commit that the transaction saw. */
  ts: number;
} & ({ ok: true; value: string } | { ok: false; failure: Failure });

export type ToTransactionWorker =
  /** With `hold`, this call and those that follow see the store as the first of them found it, until `letGo`; with `pending` in it. */
  | { type: "run"; id: number; call: TransactionCall; hold: boolean; pending: PendingWrites | null }
  | { type: "letGo" }
  | { type: "analyze"; id: number }
  | { type: "close" };

export type FromTransactionWorker =
  | { type: "ready" }
  /** Between these two a module is loaded, which is not the function's time. */
  | { type: "loading"; id: number; module: string }
  | { type: "started"; id: number }
  /** A module is about to be evaluated for the analysis. */
  | { type: "analyzing"; path: string }
  | { type: "ran"; id: number; result: TransactionResult }
  | { type: "analyzed"; id: number; analysis: Analysis | Failure };

export interface ActionCall extends FunctionAddress {
  args: Encoded;
  identity: Identity;
  requestId: string;
  /** The scheduled function that this goes back to: itself, or one that has called it. */
  job: string | null;
}

/** An HTTP request for an HTTP action; the body is bytes. */
export interface HttpCall {
  /** Whose `http.ts` answers; "" is the app. */
  component: string;
  /** The path as its routes name it. */
  routePath: string;
  method: string;
  url: string;
  headers: [string, string][];
  body: Uint8Array<ArrayBuffer>;
  identity: Identity;
}

/** How an answer begins. Its body follows in chunks. */
export interface HttpHead {
  status: number;
  headers: [string, string][];
}

export type ToActionWorker =
  | { type: "run"; id: number; call: ActionCall }
  | { type: "http"; id: number; call: HttpCall }
  /** The last chunk has gone out: the next may come. */
  | { type: "httpPull"; id: number }
  /** Nobody is there any more to whom the body could be sent. */
  | { type: "httpCancel"; id: number }
  | { type: "reply"; syscall: number; ok: true; value: string }
  | { type: "reply"; syscall: number; ok: false; failure: Failure }
  | { type: "analyze"; id: number }
  | { type: "ping" };

export type FromActionWorker =
  | { type: "ready" }
  | { type: "pong" }
  /** A module is about to be evaluated for the analysis. */
  | { type: "analyzing"; path: string }
  | { type: "syscall"; syscall: number; run: number; op: string; args: Encoded }
  /** A line that the run wrote to its console. */
  | { type: "log"; run: number; line: string }
  | { type: "ran"; id: number; ok: true; value: string }
  | { type: "ran"; id: number; ok: false; failure: Failure }
  | { type: "httpHead"; id: number; head: HttpHead }
  | { type: "httpChunk"; id: number; chunk: Uint8Array }
  | { type: "http"; id: number; ok: true }
  | { type: "http"; id: number; ok: false; failure: Failure }
  | { type: "analyzed"; id: number; analysis: Analysis | Failure };
