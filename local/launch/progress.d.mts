/** Shows the steps of a start. */
export interface Progress {
  /** A line of its own, in the middle of a step or between two. */
  say(text: string): void;
  /** Time since the command began, ready to print. */
  elapsed(): string;
  /** Does `work` and shows its name, how long it took and what it noted. */
  step<Result>(name: string, work: (note: (text: string) => void) => Promise<Result>): Promise<Result>;
}

export function createProgress(
  out?: Pick<NodeJS.WriteStream, "write" | "isTTY">,
  now?: () => number,
): Progress;
