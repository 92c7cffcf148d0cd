import { expect, it, vi } from "vitest";
import { ActionRunners } from "./action-runners";

const call = { component: "", path: "a:b", args: {}, identity: null, requestId: "", job: null };

function runners(): { all: ReturnType<typeof runner>[]; actions: ActionRunners; servedBy: () => number[] } {
  const all: ReturnType<typeof runner>[] = [];
  const actions = new ActionRunners(() => {
    all.push(runner());
    return all.at(-1) ?? runner();
  });
  return { all, actions, servedBy: () => all.map(({ run }) => run.mock.calls.length) };
}

function runner() {
  const done = Promise.resolve({ ok: true as const, value: "null", logLines: [] });
  return { responds: true, idle: false, analyze: vi.fn(), run: vi.fn(() => done), serve: vi.fn(() => done), retire: vi.fn(), close: vi.fn(() => Promise.resolve()) };
}

it("run in one worker while it responds, and in another once it does not", async () => {
  const { all, actions, servedBy } = runners();
  await actions.run(call, () => undefined);
  await actions.run(call, () => undefined);
  expect(servedBy()).toEqual([2]);
  Object.assign(all[0] ?? {}, { responds: false });
  await actions.run(call, () => undefined);
  expect(servedBy()).toEqual([2, 1]);
  expect(all[0]?.retire).toHaveBeenCalled();
  await actions.close();
  expect(all.map(({ close }) => close.mock.calls.length)).toEqual([1, 1]);
});

it("have a bounded number of workers, also when all of them hang", async () => {
  const { all, actions, servedBy } = runners();
  for (let at = 0; at < 10; at++) {
    await actions.run(call, () => undefined);
    Object.assign(all.at(-1) ?? {}, { responds: false });
  }
  expect(servedBy()).toEqual([1, 1, 1, 7]);
  Object.assign(all[0] ?? {}, { idle: true });
  await actions.run(call, () => undefined);
  expect(servedBy()).toEqual([1, 1, 1, 7, 1]);
});
