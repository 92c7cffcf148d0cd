import type { FunctionReturnType } from "convex/server";
import { api } from "@/convex/_generated/api";
import { serverQuery } from "../../convex-server";

type Answer = FunctionReturnType<typeof api.monitoring.health.check>;

export interface Health {
  up: boolean;
  /** For those who know the token. */
  details:
    | { checkedAt: string; database: { reachable: true; answeredInMs: number } } & Omit<Answer, "syncing">
    | { checkedAt: string; database: { reachable: false } };
}

/** However many ask, the deployment is asked once in this time. */
const FRESH_MS = 10_000;
/** Who watches over a service does not wait. */
const TIMEOUT_MS = 3_000;

let last: { at: number; health: Promise<Health> } | null = null;

/** How LinearTime is, at most ten seconds old. Never rejects. */
export function currentHealth(): Promise<Health> {
  const at = performance.now();
  if (last === null || at - last.at >= FRESH_MS) last = { at, health: ask() };
  return last.health;
}

async function ask(): Promise<Health> {
  const checkedAt = new Date().toISOString();
  const began = performance.now();
  try {
    const { syncing, ...rest } = await withinTime(serverQuery(api.monitoring.health.check, {}));
    const answeredInMs = Math.round(performance.now() - began);
    return { up: syncing, details: { checkedAt, database: { reachable: true, answeredInMs }, ...rest } };
  } catch (error) {
    console.error("The health check could not ask Convex:", error instanceof Error ? error.name : typeof error);
    return { up: false, details: { checkedAt, database: { reachable: false } } };
  }
}

function withinTime<Value>(answer: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`No answer within ${TIMEOUT_MS} ms`)), TIMEOUT_MS);
    void answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
