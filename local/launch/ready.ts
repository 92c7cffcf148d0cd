import type { Child } from "./child";

/** Waits for a process that prints a line beginning with `ready ` when it serves. */
export interface Readiness {
  /** Gets every line that it prints. */
  readonly onLine: (line: string) => void;
  /** How it went; a process that takes too long is ended. */
  of(child: Child): Promise<"ready" | "ended">;
}

export function readiness(withinMs: number): Readiness {
  let onReady = () => {};
  const ready = new Promise<"ready">((resolve) => {
    onReady = () => resolve("ready");
  });
  return {
    onLine: (line) => {
      if (line.startsWith("ready ")) onReady();
    },
    async of(child) {
      const patience = setTimeout(() => child.kill(), withinMs);
      const outcome = await Promise.race([ready, child.exited.then(() => "ended" as const)]);
      clearTimeout(patience);
      return outcome;
    },
  };
}
