/**
 * An error that no code foresaw, as it may be stored and logged: its kind and where it was thrown, never its message,
 * which can quote an address, a password in it, or an event.
 */
export function describeUnexpected(error: unknown): { name: string; frames: string[] } {
  if (!(error instanceof Error)) return { name: typeof error, frames: [] };
  const name = /^[A-Za-z]{1,40}$/.test(error.name) ? error.name : "Error";
  const frames = (error.stack ?? "").replace(error.message, "").split("\n").filter((line) => /^\s+at [^\n]*:\d+:\d+\)?$/.test(line));
  return { name, frames: frames.slice(0, 8).map((line) => line.trim()) };
}
