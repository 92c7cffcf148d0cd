import { expect, it, vi } from "vitest";
import type { Child } from "./child";
import { createShutdown } from "./shutdown";

/** A child that notes what happens to it; `stop` ends when it is let go. */
function fakeChild(name: string, log: string[], letGo: Promise<void> = Promise.resolve()): Child {
  return {
    name,
    logFile: "",
    exited: new Promise(() => {}),
    tail: () => "",
    kill: () => void log.push(`kill ${name}`),
    stop: async () => {
      log.push(`stop ${name}`);
      await letGo;
    },
  };
}

function setUp() {
  const log: string[] = [];
  let now = 0;
  let onLeft: (code: number) => void = () => {};
  const left = new Promise<number>((resolve) => {
    onLeft = resolve;
  });
  const made = createShutdown({
    exit: (code) => {
      log.push(`exit ${code}`);
      onLeft(code);
      return undefined as never;
    },
    now: () => now,
    say: vi.fn(),
  });
  return { ...made, log, left, pass: (ms: number) => (now += ms) };
}

it("stops what was started last first, then does what is left, then leaves", async () => {
  const { shutdown, onSignal, log, left } = setUp();
  shutdown.add(fakeChild("backend", log));
  shutdown.add(fakeChild("web", log));
  shutdown.atEnd(() => log.push("release"));
  onSignal();
  expect(await left).toBe(0);
  expect(log).toEqual(["stop web", "stop backend", "kill backend", "kill web", "release", "exit 0"]);
});

it("takes a signal that comes twice at once for one Ctrl-C, and a later one for impatience", async () => {
  const { shutdown, onSignal, log, left, pass } = setUp();
  shutdown.add(fakeChild("web", log, new Promise(() => {})));
  onSignal();
  pass(20);
  onSignal();
  expect(log).toEqual(["stop web"]);
  pass(1_000);
  onSignal();
  expect(await left).toBe(130);
  expect(log).toEqual(["stop web", "kill web", "exit 130"]);
});

it("leaves with the code of whoever asked first", async () => {
  const { shutdown, log, left } = setUp();
  void shutdown.stop(1);
  void shutdown.stop(0);
  expect(await left).toBe(1);
  expect(log).toEqual(["exit 1"]);
});
