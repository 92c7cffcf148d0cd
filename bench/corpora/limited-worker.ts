import { Worker } from "node:worker_threads";

/** What became of a task: it may run into its limit or bring its thread down, and the next one still runs. */
export type Limited<Result> =
  | { kind: "done"; result: Result }
  | { kind: "timedOut" }
  /** It threw. */
  | { kind: "crashed"; reason: string };

/** What a worker's module posts: `ready` once, then one answer for each task. */
export type WorkerAnswer<Result> = { kind: "ready" } | Exclude<Limited<Result>, { kind: "timedOut" }>;

/** Runs tasks one after the other in a thread of their own, each for at most `limitMs`; starting the thread is free. */
export class LimitedWorker<Task, Result> {
  private worker: Promise<Worker> | null = null;

  constructor(
    private readonly module: URL,
    private readonly limitMs: number,
  ) {}

  async run(task: Task): Promise<Limited<Result>> {
    const worker = await (this.worker ??= this.start());
    const outcome = await new Promise<Limited<Result>>((resolve) => {
      const timer = setTimeout(() => resolve({ kind: "timedOut" }), this.limitMs);
      worker.once("message", (answer: Limited<Result>) => {
        clearTimeout(timer);
        resolve(answer);
      });
      worker.postMessage(task);
    });
    if (outcome.kind === "timedOut") await this.close();
    return outcome;
  }

  async close(): Promise<void> {
    await (await this.worker)?.terminate();
    this.worker = null;
  }

  private async start(): Promise<Worker> {
    const worker = new Worker(new URL("./workers/start.mjs", import.meta.url), { workerData: this.module.href, execArgv: [] });
    await new Promise((resolve, reject) => worker.once("message", resolve).once("error", reject));
    worker.removeAllListeners("error");
    return worker;
  }
}
