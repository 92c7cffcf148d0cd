import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Pulse } from "./pulse";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("calls back once nobody has answered for the time given", () => {
  const [ask, late] = [vi.fn(), vi.fn()];
  const pulse = new Pulse(20_000, ask, late);
  vi.advanceTimersByTime(20_999);
  expect([ask.mock.calls.length, late.mock.calls.length]).toEqual([20, 0]);
  vi.advanceTimersByTime(1);
  expect(late).toHaveBeenCalledOnce();
  pulse.stop();
});

it("does not while there is an answer now and then", () => {
  const late = vi.fn();
  const pulse = new Pulse(20_000, () => undefined, late);
  for (let heard = 0; heard < 10; heard++) {
    vi.advanceTimersByTime(20_000);
    pulse.heard();
  }
  expect(late).not.toHaveBeenCalled();
  pulse.stop();
});

it("misses whoever has been heard before, after a moment", () => {
  const pulse = new Pulse(20_000, () => undefined, () => undefined);
  vi.advanceTimersByTime(10_000);
  expect(pulse.steady).toBe(true);
  pulse.heard();
  vi.advanceTimersByTime(3000);
  expect(pulse.steady).toBe(true);
  vi.advanceTimersByTime(1000);
  expect(pulse.steady).toBe(false);
  pulse.heard();
  expect(pulse.steady).toBe(true);
  pulse.stop();
});

it("takes a machine that slept for nothing else", () => {
  const late = vi.fn();
  const pulse: Pulse = new Pulse(20_000, () => pulse.heard(), late);
  vi.advanceTimersByTime(5000);
  vi.setSystemTime(Date.now() + 3_600_000);
  vi.advanceTimersByTime(5000);
  expect(late).not.toHaveBeenCalled();
  pulse.stop();
});
