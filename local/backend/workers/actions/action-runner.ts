import type { Worker } from "node:worker_threads";
import { analysisOf } from "../transaction-runner";
import type { Analysis } from "../../functions/analysis";
import { FunctionError, type Encoded } from "../../values/encoded-value";
import { failureOf, type Failure } from "../../functions/function-failure";
import { hostLimits, limits } from "../../limits";
import { addLogLine } from "../../runtime/log-lines";
import { Pulse } from "./pulse";
import { notLoaded, startWorker, tookTooLong } from "../worker-thread";
import type { ActionCall, FromActionWorker, HttpCall, HttpHead, Identity, ToActionWorker, WorkerSetup } from "../worker-protocol";

export type ActionOutcome = { logLines: string[] } & ({ ok: true; value: string } | { ok: false; failure: Failure });
export type HttpOutcome = { ok: true } | { ok: false; failure: Failure };

/** Told of each line that an action writes to its console, as it does. */
export type Listen = (line: string) => void;

/** Where the answer of an HTTP action goes, piece by piece. */
export interface HttpSink {
  head(head: HttpHead): void;
  /** Resolves when there is room for more: true to go on, false when nobody reads any more. */
  chunk(chunk: Uint8Array): Promise<boolean>;
}

/** Who asks: an action of a component, with the identity it runs with. */
export interface ActionCaller {
  component: string;
  identity: Identity;
  /** The scheduled function that it goes back to, if any. */
  job?: string | null;
}

/** What an action asks of the backend. Resolves to JSON text. */
export type ActionSyscall = (caller: ActionCaller, op: string, args: Encoded) => Promise<string>;

/** Of this process's environment a Node action sees only what Node itself needs. */
const PASSED_ON = ["PATH", "HOME", "TMPDIR", "TZ", "LANG", "NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE", "SSL_CERT_DIR"];

interface Pending {
  caller: ActionCaller;
  settle: (message: Extract<FromActionWorker, { type: "ran" | "http" | "analyzed" }>) => void;
  fail: (error: Error) => void;
  listen?: Listen;
  sink?: HttpSink;
}

/** The worker thread for the actions of one runtime. It is started when first needed, and again when it dies. */
export class ActionRunner {
  private worker: Worker | null = null;
  private readonly pending = new Map<number, Pending>();
  private nextId = 0;
  private pulse: Pulse | null = null;
  private retired = false;
  /** The module that an analysis is at. */
  private analyzing: string | null = null;

  constructor(
    private readonly setup: WorkerSetup,
    private readonly syscall: ActionSyscall,
  ) {}

  /** Whether its worker has answered lately, or has nothing to answer yet. */
  get responds(): boolean {
    return this.pulse?.steady ?? true;
  }

  get idle(): boolean {
    return this.pending.size === 0;
  }

  async analyze(): Promise<Analysis> {
    try {
      return analysisOf(await this.ask({ component: "", identity: null }, (id) => ({ type: "analyze", id }), hostLimits.moduleLoadMs));
    } finally {
      this.analyzing = null;
    }
  }

  /** Runs an action to its end. Never rejects: a worker that died is a failure of its actions. */
  async run(call: ActionCall, listen: Listen): Promise<ActionOutcome> {
    const logLines: string[] = [];
    try {
      const answer = await this.ask(call, (id) => ({ type: "run", id, call }), limits.actionMs, { listen: keeping(logLines, listen) });
      if (answer.type !== "ran") throw new Error(`Unexpected answer ${answer.type}`);
      return { ...answer, logLines };
    } catch (thrown) {
      return { ok: false, failure: failureOf(thrown), logLines };
    }
  }

  /** As {@link run}, for a request to the router of `http.js`. Settles when the whole answer has gone to `sink`. */
  async serve(call: HttpCall, sink: HttpSink, listen: Listen): Promise<HttpOutcome> {
    try {
      const answer = await this.ask(call, (id) => ({ type: "http", id, call }), limits.actionMs, { sink, listen: keeping([], listen) });
      if (answer.type !== "http") throw new Error(`Unexpected answer ${answer.type}`);
      return answer;
    } catch (thrown) {
      return { ok: false, failure: failureOf(thrown) };
    }
  }

  /** Lets the actions that run finish, then ends the worker. */
  retire(): void {
    this.retired = true;
    if (this.pending.size === 0) void this.close();
  }

  async close(): Promise<void> {
    this.retired = true;
    const { worker } = this;
    this.lose(new FunctionError("The backend is shutting down."));
    await worker?.terminate();
  }

  private async ask(caller: ActionCaller, make: (id: number) => ToActionWorker, ms: number, ears: Pick<Pending, "sink" | "listen"> = {}): Promise<Parameters<Pending["settle"]>[0]> {
    const worker = this.started();
    const id = this.nextId++;
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise((settle, fail) => {
        this.pending.set(id, { caller, settle, fail, ...ears });
        timer = setTimeout(() => fail(this.analyzing === null ? new FunctionError(`Action execution timed out (maximum duration ${ms / 1000}s)`) : notLoaded(this.analyzing, tookTooLong)), ms);
        worker.postMessage(make(id));
      });
    } finally {
      clearTimeout(timer);
      this.pending.delete(id);
      if (this.retired && this.pending.size === 0) void this.close();
    }
  }

  private started(): Worker {
    if (this.worker !== null) return this.worker;
    const passedOn = this.setup.runtime === "node" ? PASSED_ON : [];
    const env: Record<string, string> = {};
    for (const name of passedOn) {
      const value = process.env[name];
      if (value !== undefined) env[name] = value;
    }
    const worker = startWorker("action-worker", this.setup, { ...env, ...(this.setup.runtime === "node" ? this.setup.env : {}) });
    const pulse = new Pulse(hostLimits.unresponsiveMs, () => worker.postMessage({ type: "ping" } satisfies ToActionWorker), () => this.giveUp(worker));
    worker.on("message", (message: FromActionWorker) => {
      pulse.heard();
      this.receive(worker, message);
    });
    const ended = (reason: string): void => this.lose(this.analyzing === null ? new FunctionError(reason) : notLoaded(this.analyzing, reason), worker);
    worker.on("error", (error) => ended(`The worker of this action ended: ${error.message}`));
    worker.on("exit", () => ended("The worker of this action ended."));
    this.worker = worker;
    this.pulse = pulse;
    return worker;
  }

  private receive(worker: Worker, message: FromActionWorker): void {
    if (message.type === "syscall") {
      const { syscall, run, op, args } = message;
      const reply = (outcome: ToActionWorker): void => worker.postMessage(outcome);
      const caller = this.pending.get(run)?.caller;
      // A run that timed out asks on; nothing more is done for it.
      if (caller === undefined) return reply({ type: "reply", syscall, ok: false, failure: { message: "The action has ended." } });
      this.syscall(caller, op, args).then(
        (value) => reply({ type: "reply", syscall, ok: true, value }),
        (thrown: unknown) => reply({ type: "reply", syscall, ok: false, failure: carried(thrown) }),
      );
    } else if (message.type === "analyzing") {
      this.analyzing = message.path;
    } else if (message.type === "log") {
      this.pending.get(message.run)?.listen?.(message.line);
    } else if (message.type === "httpHead") {
      const { sink, fail } = this.pending.get(message.id) ?? {};
      try {
        sink?.head(message.head);
      } catch (thrown) {
        fail?.(new FunctionError(`The answer of the HTTP action cannot be sent: ${thrown instanceof Error ? thrown.message : String(thrown)}`));
      }
    } else if (message.type === "httpChunk") {
      const { id, chunk } = message;
      const answer = (goOn: boolean): void => worker.postMessage({ type: goOn ? "httpPull" : "httpCancel", id } satisfies ToActionWorker);
      const { sink } = this.pending.get(id) ?? {};
      if (sink === undefined) answer(false);
      else void sink.chunk(chunk).then(answer, () => answer(false));
    } else if (message.type === "ran" || message.type === "http" || message.type === "analyzed") {
      this.pending.get(message.id)?.settle(message);
    }
  }

  private giveUp(worker: Worker): void {
    this.lose(new FunctionError("The worker of this action was stopped: it did not respond."), worker);
    void worker.terminate();
  }

  private lose(error: Error, worker = this.worker): void {
    if (worker !== this.worker) return;
    this.worker = null;
    this.pulse?.stop();
    this.pulse = null;
    for (const { fail } of [...this.pending.values()]) fail(error);
  }
}

/** An error with the data of a `ConvexError`, or any other. */
export class CallFailed extends FunctionError {
  constructor(readonly failure: Failure) {
    super(failure.message);
  }
}

/** Keeps what is heard in `lines`, and passes it on, up to the limit of one run. */
function keeping(lines: string[], listen: Listen): Listen {
  return (line) => {
    const added = addLogLine(lines, line);
    if (added !== null) listen(added);
  };
}

function carried(thrown: unknown): Failure {
  return thrown instanceof CallFailed ? thrown.failure : failureOf(thrown);
}
