/**
 * Calls back when something takes longer than it may. What is watched is begun and done far more often than it is late: its timer is
 * left to run out, and then looks whether there is still something to wait for, rather than being made and taken away each time.
 * It keeps no process alive. Times are milliseconds.
 */
export class Watchdog {
  private deadline: number | null = null;
  private timer: NodeJS.Timeout | null = null;
  private wakesAt = 0;

  constructor(private readonly late: () => void) {}

  /** Calls back after this time, unless it is set anew or {@link rest} comes first. */
  watch(ms: number): void {
    const deadline = performance.now() + ms;
    this.deadline = deadline;
    if (this.timer === null || this.wakesAt > deadline) this.wakeAt(deadline, ms);
  }

  /** There is nothing to watch for now. */
  rest(): void {
    this.deadline = null;
  }

  private wakeAt(time: number, ms: number): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.wakesAt = time;
    this.timer = setTimeout(() => this.look(), ms).unref();
  }

  private look(): void {
    this.timer = null;
    const { deadline } = this;
    if (deadline === null) return;
    const left = deadline - performance.now();
    if (left > 0) return this.wakeAt(deadline, Math.ceil(left));
    // Whoever waits may have been held up itself: what has come meanwhile is taken first.
    setImmediate(() => {
      if (this.deadline !== deadline) return;
      this.deadline = null;
      this.late();
    });
  }
}
