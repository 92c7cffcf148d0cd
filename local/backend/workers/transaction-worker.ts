import { randomBytes } from "node:crypto";
import { parentPort, workerData } from "node:worker_threads";
import { analyzeComponents } from "../functions/analysis";
import { ComponentRuntimes } from "../components/component-runtimes";
import { FunctionError, isPlainObject } from "../values/encoded-value";
import { checkArguments, checkResult } from "../functions/function-calls";
import { failureOf, errorFrom } from "../functions/function-failure";
import type { FunctionAddress } from "../components/function-address";
import { parseFunctionPath, type LoadedFunction } from "../functions/function-registry";
import { createConsole } from "../runtime/log-lines";
import { CodeContext } from "../runtime/code-context";
import { createRandom } from "../runtime/random";
import { createRuntime } from "../runtime/runtime-context";
import { Store } from "../store/store";
import { StoreViews, type StoreView } from "../store/store-views";
import { asDocument, Transaction } from "../tables/transaction";
import { argumentList, endFrame, newFrame, stillRunning, TransactionRun, type Frame } from "../syscalls/transaction-run";
import { parseSyscallArgs, syscall, TransactionSyscalls } from "../syscalls/transaction-syscalls";
import type { FromTransactionWorker, ToTransactionWorker, TransactionCall, TransactionResult, WorkerSetup } from "./worker-protocol";

/** The entry of the thread that runs queries and mutations, one at a time. It reads the store; the main thread commits. */
const setup = workerData as WorkerSetup;
const port = parentPort;
if (port === null) throw new Error("This module is the entry of a worker thread");
const post = (message: FromTransactionWorker): void => port.postMessage(message);

const views = new StoreViews(Store.open(setup.storeFolder));
const startedAt = Date.now();
const frames = new CodeContext<Frame>();
let random: (() => number) | null = null;

/** The frame whose code is running. Code that outlives its function finds its run ended. */
function currentFrame(): Frame {
  const frame = frames.owner();
  if (frame === undefined) throw new FunctionError("The Convex database and auth objects can only be used while a function runs.");
  return stillRunning(frame);
}

const hooks = {
  convex: {
    syscall: (op: string, args: string) => syscall(currentFrame(), op, parseSyscallArgs(args)),
    asyncSyscall: (op: string, args: string) =>
      op === "1.0/queryStreamNext" ? syscalls.nextOfStream(currentFrame(), args) : syscalls.perform(currentFrame(), op, parseSyscallArgs(args)),
    jsSyscall: (op: string) => {
      throw new FunctionError(`${op} is not available in queries and mutations.`);
    },
  },
  console: createConsole((line) => frames.owner()?.run.log(line)),
  now: () => frames.owner()?.run.call.now ?? startedAt,
  random: () => (random ??= createRandom(randomBytes(16)))(),
};

const isolateModules = setup.modules.filter(({ environment }) => environment === "isolate");
const nodePaths = new Set(setup.modules.filter(({ environment }) => environment === "node").map(({ path }) => path));
const runtimes = new ComponentRuntimes({ ...setup, modules: isolateModules }, (env) => createRuntime("transaction", { ...hooks, env }));
const find = async ({ component, path }: FunctionAddress): Promise<LoadedFunction | null> =>
  component === "" && nodePaths.has(parseFunctionPath(path).module) ? null : (await runtimes.get(component)).registry.get(path);

const callInFrame = async (frame: Frame, target: LoadedFunction, argsJson: string): Promise<string> => {
  try {
    return await frames.run(frame, () => target.invoke(argsJson));
  } catch (thrown) {
    throw frame.depth === 0 ? thrown : errorFrom(failureOf(thrown));
  }
};
const syscalls = new TransactionSyscalls(() => runtimes.tree(), find, callInFrame);

async function execute(id: number, call: TransactionCall, view: StoreView): Promise<TransactionResult> {
  random = null;
  const transaction = new Transaction(view.snapshot, view.catalog, call.nextCreationTime);
  const run = new TransactionRun(call, transaction);
  const { component, identity } = call;
  const frame = newFrame({ run, component, path: call.path, identity, writable: call.kind === "Mutation", depth: 0 });
  const isId = transaction.idCheck(component);
  const started = performance.now();
  const clean = transaction.savepoint();
  const done = (): Omit<TransactionResult, "ok" | "value" | "failure"> => ({
    logLines: run.logLines,
    journal: run.journal,
    outcome: transaction.outcome(),
    scheduler: run.scheduler,
    elapsedMs: performance.now() - started,
    documentsRead: transaction.usage.of("documentsRead"),
    databaseQueries: transaction.usage.of("databaseQueries"),
    ts: view.ts,
  });
  try {
    const target = runtimes.known(component)?.registry.known(call.path) ?? (await load(id, call));
    if (target.kind !== call.kind) throw new FunctionError(`Trying to execute ${call.path} as ${call.kind}, but it is defined as ${target.kind}.`);
    if (call.scheduledId !== null && !isDue(transaction, call.scheduledId)) throw new FunctionError("The scheduled function was canceled.");
    checkArguments(target, call.path, call.args, isId);
    const value = await callInFrame(frame, target, argumentList(call.args));
    checkResult(target, call.path, value, isId);
    endFrame(frame);
    if (call.scheduledId !== null) transaction.patch(call.scheduledId, { state: { kind: "success" }, completedTime: call.now });
    run.end();
    return { ok: true, value, ...done() };
  } catch (thrown) {
    endFrame(frame);
    run.end();
    transaction.rollback(clean);
    run.scheduler.length = 0;
    return { ok: false, failure: failureOf(thrown), ...done() };
  }
}

/** Loading a module for the first time may take longer than a function may. */
async function load(id: number, { component, path }: FunctionAddress): Promise<LoadedFunction> {
  post({ type: "loading", id, module: parseFunctionPath(path).module });
  const { registry } = await runtimes.get(component);
  const target = await registry.get(path);
  post({ type: "started", id });
  return target;
}

/** A scheduled mutation runs only while it is pending: it may have been cancelled after it was taken from the queue. */
function isDue(transaction: Transaction, scheduledId: string): boolean {
  const json = transaction.get(scheduledId);
  const state = json === null ? null : asDocument(json)["state"];
  return isPlainObject(state) && state["kind"] === "pending";
}

async function run({ id, call, hold, pending }: Extract<ToTransactionWorker, { type: "run" }>): Promise<void> {
  const view = views.take(hold, pending);
  const result = await execute(id, call, view);
  post({ type: "ran", id, result });
  views.giveBack(view, result.outcome);
}

port.on("message", (message: ToTransactionWorker) => {
  switch (message.type) {
    case "run":
      void run(message);
      return;
    case "letGo":
      views.letGo();
      return;
    case "analyze":
      void analyzeComponents(runtimes, (path) => post({ type: "analyzing", path }))
        .catch(failureOf)
        .then((analysis) => post({ type: "analyzed", id: message.id, analysis }));
      return;
    case "close":
      void views.close().then(() => port.close());
      return;
  }
});
process.on("unhandledRejection", () => {
  // A promise that pushed code dropped. Its function has its result already; nobody is left to tell.
});
post({ type: "ready" });
