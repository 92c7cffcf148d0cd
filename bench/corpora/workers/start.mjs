// A thread does not inherit the loader of TypeScript that the program was started with.
import { workerData } from "node:worker_threads";
import { register } from "tsx/esm/api";

register();
await import(workerData);
