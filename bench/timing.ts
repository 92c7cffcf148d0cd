/** Times each of `runs` calls, one after the other, after as many that do not count: the code is warm then. Milliseconds, ascending. */
export async function timeEach(runs: number, call: (run: number) => Promise<unknown> | unknown): Promise<number[]> {
  const times: number[] = [];
  for (let run = -runs; run < runs; run++) {
    const began = performance.now();
    await call(run + runs);
    if (run >= 0) times.push(performance.now() - began);
  }
  return times.sort((a, b) => a - b);
}

/** The value below which the `share` (0 to 1) of ascending values lie. */
export function quantile(ascending: readonly number[], share: number): number {
  return ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * share))] ?? Number.NaN;
}

/** How many things a second, when `count` of them took this long. */
export async function rate(count: number, work: () => Promise<unknown> | unknown): Promise<number> {
  const began = performance.now();
  await work();
  return (count / (performance.now() - began)) * 1000;
}
