import { parentPort } from "node:worker_threads";
import type { WorkerAnswer } from "./limited-worker";

/** In a worker's module: answers each task by what `work` returns or throws. */
export function answerTasks<Task, Result>(work: (task: Task) => Result): void {
  const answer = (message: WorkerAnswer<Result>) => parentPort?.postMessage(message);
  parentPort?.on("message", (task: Task) => {
    try {
      answer({ kind: "done", result: work(task) });
    } catch (error) {
      answer({ kind: "crashed", reason: error instanceof Error ? error.message : String(error) });
    }
  });
  answer({ kind: "ready" });
}
