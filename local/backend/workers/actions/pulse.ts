const MOST_UNANSWERED = 20;
const MANY_UNANSWERED = 3;

/**
 * Sees whether somebody still answers: asks twenty times in the time that is given, and calls back when no word has come since the
 * first. It counts what it asked and not the time: neither a machine that slept nor an asker that was held up makes it late.
 * It keeps no process alive. Times are milliseconds.
 */
export class Pulse {
  private unanswered = 0;
  private known = false;
  private readonly timer: NodeJS.Timeout;

  constructor(timeMs: number, ask: () => void, late: () => void) {
    this.timer = setInterval(() => {
      if (this.unanswered === MOST_UNANSWERED) return late();
      this.unanswered++;
      ask();
    }, timeMs / MOST_UNANSWERED).unref();
  }

  /** Whether there was a word lately. One who has yet to begin is not missed. */
  get steady(): boolean {
    return !this.known || this.unanswered <= MANY_UNANSWERED;
  }

  /** There was a word from them. */
  heard(): void {
    this.known = true;
    this.unanswered = 0;
  }

  stop(): void {
    clearInterval(this.timer);
  }
}
