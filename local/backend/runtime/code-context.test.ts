import { expect, it } from "vitest";
import { CodeContext } from "./code-context";

const context = new CodeContext<{ name: string }>();
const who = (): string => context.owner()?.name ?? "nobody";

it("a code context says on whose behalf code runs, through everything it awaits", async () => {
  const seen: string[] = [];
  const work = async (): Promise<void> => {
    const own = who();
    for (let step = 0; step < 3; step++) {
      await (step === 1 ? Promise.resolve().then(() => new Promise((resolve) => setImmediate(resolve))) : null);
      seen.push(`${own} ${who()}`);
    }
  };
  await Promise.all([context.run({ name: "ann" }, work), context.run({ name: "bob" }, work)]);
  expect(new Set(seen)).toEqual(new Set(["ann ann", "bob bob"]));
  expect(seen).toHaveLength(6);
  expect(who()).toBe("nobody");
});

it("a code context gives back the outer owner after an inner one, awaited or thrown", async () => {
  await context.run({ name: "outer" }, async () => {
    expect(await context.run({ name: "inner" }, async () => (await Promise.resolve(), who()))).toBe("inner");
    expect(who()).toBe("outer");
    expect(() => context.run({ name: "inner" }, () => { throw new Error(who()); })).toThrow("inner");
    expect(who()).toBe("outer");
  });
});

it("a code context hangs nothing on promises by which its owners could be found", () => {
  context.run({ name: "secret" }, () => {
    const promise: object = Promise.resolve();
    const hanging = Object.getOwnPropertySymbols(promise).map((symbol) => Reflect.get(promise, symbol) as object);
    for (const value of hanging.filter((found) => typeof found === "object")) expect([Reflect.ownKeys(value), Object.getPrototypeOf(value)]).toEqual([[], null]);
  });
});

it("code that a timer starts runs on nobody's behalf", async () => {
  const later = await context.run({ name: "ann" }, () => new Promise<string>((resolve) => setImmediate(() => resolve(who()))));
  expect(later).toBe("nobody");
});
