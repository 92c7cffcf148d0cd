/** One attempt to leave this machine. */
export interface Attempt {
  readonly kind: "connect" | "lookup" | "datagram";
  readonly target: string;
  /** Command line of the process. */
  readonly process: string;
  readonly from: readonly string[];
}

export function guarded(recordFile: string, environment?: NodeJS.ProcessEnv): NodeJS.ProcessEnv;
export function readAttempts(recordFile: string): Attempt[];
