import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Watchdog } from "./watchdog";

describe("Watchdog", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("calls once when the time is over", () => {
    const late = vi.fn();
    const dog = new Watchdog(late);
    dog.watch(100);
    vi.advanceTimersByTime(99);
    expect(late).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1_000);
    expect(late).toHaveBeenCalledTimes(1);
  });

  it("does not call for what was done in time", () => {
    const late = vi.fn();
    const dog = new Watchdog(late);
    dog.watch(100);
    vi.advanceTimersByTime(50);
    dog.rest();
    vi.advanceTimersByTime(1_000);
    expect(late).not.toHaveBeenCalled();
  });

  it("gives each thing its own time, be it longer or shorter than that of the one before", () => {
    const late = vi.fn();
    const dog = new Watchdog(late);
    dog.watch(100);
    vi.advanceTimersByTime(50);
    dog.watch(100);
    vi.advanceTimersByTime(99);
    expect(late).not.toHaveBeenCalled();
    dog.watch(10);
    vi.advanceTimersByTime(11);
    expect(late).toHaveBeenCalledTimes(1);
  });

  it("takes for done what was done while whoever waits was held up", () => {
    const late = vi.fn();
    const dog = new Watchdog(late);
    dog.watch(100);
    // The timer is the first to be heard, and then, before anything else is, what has come meanwhile.
    setTimeout(() => dog.rest(), 100);
    vi.advanceTimersByTime(1_000);
    expect(late).not.toHaveBeenCalled();
  });
});
