import { AsyncLocalStorage } from "node:async_hooks";
import { parentPort, workerData } from "node:worker_threads";
import { analyzeComponents, analyzeModules, type Analysis } from "../../functions/analysis";
import { ComponentRuntimes } from "../../components/component-runtimes";
import { PLAIN_APP } from "../../components/component-tree";
import { FunctionError, parseEncoded } from "../../values/encoded-value";
import { trackEnvironment } from "../../operating/environment";
import { errorFrom, failureOf, type Failure } from "../../functions/function-failure";
import { callMethod, FunctionRegistry, parseFunctionPath } from "../../functions/function-registry";
import { limits } from "../../limits";
import { createConsole } from "../../runtime/log-lines";
import type { ModuleLoader } from "../../runtime/module-loader";
import { NodeModuleLoader } from "../../runtime/node-modules";
import { createRuntime } from "../../runtime/runtime-context";
import { argumentList } from "../../syscalls/transaction-run";
import { asResponse, BodyMeter, headOf } from "./http-answer";
import type { ActionCall, FromActionWorker, HttpCall, Identity, ToActionWorker, WorkerSetup } from "../worker-protocol";

/** The entry of the threads that run actions, many at a time: one for the default runtime, one for Node's. */
const setup = workerData as WorkerSetup;
const port = parentPort;
if (port === null) throw new Error("This module is the entry of a worker thread");
const post = (message: FromActionWorker): void => port.postMessage(message);

const announce = (path: string): void => post({ type: "analyzing", path });

interface ActionRun {
  id: number;
  component: string;
  path: string;
  identity: Identity;
  requestId: string;
  /** How many lines it has written to its console. */
  lines: number;
  job: string | null;
}

/** Each run by the token that is carried through what it awaits: the run itself is not for pushed code to find. */
const runs = new WeakMap<object, ActionRun>();
const tokens = new AsyncLocalStorage<object>();
const waiting = new Map<number, { resolve: (json: string) => void; reject: (error: Error) => void }>();
let nextSyscall = 0;

function currentRun(): ActionRun | undefined {
  const token = tokens.getStore();
  return token === undefined ? undefined : runs.get(token);
}

function inRun<Result>(run: ActionRun, code: () => Result): Result {
  const token: object = Object.freeze(Object.create(null) as object);
  runs.set(token, run);
  return tokens.run(token, code);
}

async function asyncSyscall(op: string, argsJson: string): Promise<string> {
  const run = currentRun();
  if (run === undefined) throw new FunctionError("The Convex objects of an action can only be used while it runs.");
  const args = parseEncoded(argsJson);
  if (op === "1.0/getUserIdentity") return JSON.stringify(run.identity);
  if (op === "1.0/getFunctionMetadata") return JSON.stringify({ name: run.path, componentPath: run.component });
  if (op === "1.0/getRequestMetadata") {
    return JSON.stringify({ ip: null, userAgent: null, requestId: run.requestId, scheduledFunctionId: run.job, authToken: null });
  }
  return new Promise<string>((resolve, reject) => {
    const syscall = nextSyscall++;
    waiting.set(syscall, { resolve, reject });
    post({ type: "syscall", syscall, run: run.id, op, args });
  });
}

const convex = {
  asyncSyscall,
  syscall: (op: string) => {
    throw new FunctionError(`${op} is not available in actions.`);
  },
  jsSyscall: (op: string) => {
    throw new FunctionError(op.startsWith("storage/") ? "File storage is not available on the embedded backend." : `${op} is not available on the embedded backend.`);
  },
};
const runConsole = createConsole((line) => {
  const run = currentRun();
  // One more than is shown says that there were more; a flood of them would hold up everybody.
  if (run !== undefined && run.lines++ <= limits.logLines) post({ type: "log", run: run.id, line });
});
const modules = setup.modules.filter(({ environment }) => environment === setup.runtime);

/** The code that this thread runs: of one component, by its path. */
interface Code {
  load(component: string): Promise<{ loader: ModuleLoader; registry: FunctionRegistry }>;
  analyze(): Promise<Analysis>;
}

const code = setup.runtime === "node" ? nodeCode() : isolateCode();

function isolateCode(): Code {
  const runtimes = new ComponentRuntimes({ ...setup, modules }, (env) => createRuntime("action", { convex, console: runConsole, env, now: Date.now, random: Math.random }));
  return { load: (component) => runtimes.get(component), analyze: () => analyzeComponents(runtimes, announce) };
}

/** Only the app may have modules for Node. */
function nodeCode(): Code {
  Object.assign(globalThis, { Convex: convex, console: runConsole });
  const loader = new NodeModuleLoader(setup.moduleFolder, modules);
  const registry = new FunctionRegistry(loader, "");
  return {
    load: () => Promise.resolve({ loader, registry }),
    analyze: async () => ({ definitions: { "": { definition: PLAIN_APP, ...(await analyzeModules(modules, loader, trackEnvironment(setup.env), announce)) } }, tree: {} }),
  };
}

async function runAction(id: number, call: ActionCall): Promise<void> {
  const run: ActionRun = { id, component: call.component, path: parseFunctionPath(call.path).canonical, identity: call.identity, requestId: call.requestId, job: call.job, lines: 0 };
  try {
    const value = await inRun(run, async () => {
      const { registry } = await code.load(call.component);
      const target = await registry.get(call.path);
      return target.invoke(argumentList(call.args));
    });
    post({ type: "ran", id, ok: true, value });
  } catch (thrown) {
    post({ type: "ran", id, ok: false, failure: failureOf(thrown) });
  }
}

async function runHttp(id: number, call: HttpCall): Promise<void> {
  const run: ActionRun = { id, component: call.component, path: "http", identity: call.identity, requestId: "", job: null, lines: 0 };
  try {
    await inRun(run, async () => sendResponse(id, call.method, await respond(call)));
    post({ type: "http", id, ok: true });
  } catch (thrown) {
    post({ type: "http", id, ok: false, failure: failureOf(thrown) });
  }
}

async function respond({ component, routePath, method, url, headers, body }: HttpCall): Promise<Response> {
  const { loader } = await code.load(component);
  const { default: router } = await loader.load("http.js");
  const match: unknown = callMethod(router as object, "lookup", routePath, method);
  const [endpoint] = Array.isArray(match) ? (match as unknown[]) : [];
  if (typeof endpoint !== "function") return new Response("No matching routes found", { status: 404 });
  const bodyless = method === "GET" || method === "HEAD";
  const request = new Request(url, { method, headers, ...(bodyless ? {} : { body }) });
  return asResponse(await callMethod(endpoint, "invokeHttpAction", request));
}

/** Those who read a body of an answer: waiting for the word to go on, or to stop. */
const bodies = new Map<number, (goOn: boolean) => void>();

/** Sends an answer as it comes, each chunk once the one before has gone out. */
async function sendResponse(id: number, method: string, response: Response): Promise<void> {
  const head = headOf(response);
  const meter = new BodyMeter(head, method === "HEAD" || response.status === 304);
  // Before the head: a body that was read already is a failure, not an answer that breaks off.
  const reader = (response.body as ReadableStream<unknown> | null)?.getReader();
  post({ type: "httpHead", id, head });
  try {
    for (let next = await reader?.read(); next?.done === false; next = await reader?.read()) {
      const chunk = meter.take(next.value);
      const goOn = new Promise<boolean>((resolve) => bodies.set(id, resolve));
      post({ type: "httpChunk", id, chunk });
      const wanted = await goOn;
      bodies.delete(id);
      if (!wanted) return await reader?.cancel();
    }
    meter.end();
  } catch (thrown) {
    void reader?.cancel(thrown).catch(() => undefined);
    throw thrown;
  }
}

function settle(syscall: number, outcome: { ok: true; value: string } | { ok: false; failure: Failure }): void {
  const call = waiting.get(syscall);
  waiting.delete(syscall);
  if (outcome.ok) call?.resolve(outcome.value);
  else call?.reject(errorFrom(outcome.failure));
}

port.on("message", (message: ToActionWorker) => {
  switch (message.type) {
    case "run":
      void runAction(message.id, message.call);
      return;
    case "http":
      void runHttp(message.id, message.call);
      return;
    case "httpPull":
    case "httpCancel":
      bodies.get(message.id)?.(message.type === "httpPull");
      return;
    case "reply":
      settle(message.syscall, message);
      return;
    case "ping":
      post({ type: "pong" });
      return;
    case "analyze":
      void code
        .analyze()
        .catch(failureOf)
        .then((analysis) => post({ type: "analyzed", id: message.id, analysis }));
      return;
  }
});
// Neither ends the worker: other actions run in it.
process.on("uncaughtException", (thrown: unknown) => {
  process.stderr.write(`An action left something to throw on its own: ${failureOf(thrown).message}\n`);
});
process.on("unhandledRejection", (thrown: unknown) => {
  process.stderr.write(`An action left a promise to fail on its own: ${failureOf(thrown).message}\n`);
});
post({ type: "ready" });

