/** A failure that we foresaw: its message says what to do, and no stack is shown. */
export class StartError extends Error {
  readonly expected = true;
}
