// npm run chaos -- backend [--kills N] [--seed S]
// npm run chaos -- sync [--runs N] [--seed S]
// Breaks the product at random and looks whether it kept its promises.
import { parseArgs } from "node:util";

type Note = (line: string) => void;

interface Storm {
  /** The option that says how much of it. */
  unit: "kills" | "runs";
  usual: number;
  /** Returns the promises that were broken. */
  run(amount: number, seed: number, note: Note): Promise<string[]>;
}

const again = (name: string, unit: string, amount: number, seed: number) => `again: npm run chaos -- ${name} --${unit} ${amount} --seed ${seed}`;

const storms: Readonly<Record<string, Storm>> = {
  backend: {
    unit: "kills",
    usual: 100,
    async run(kills, seed, note) {
      const { runStorm } = await import("./backend/storm");
      const { acknowledged, wrong } = await runStorm(kills, seed, note);
      note(`${kills} kills, ${acknowledged} writes acknowledged`);
      return wrong;
    },
  },
  sync: {
    unit: "runs",
    usual: 50,
    async run(runs, seed, note) {
      const { FULL, runSyncStorm } = await import("./sync/storm");
      const broken: string[] = [];
      for (let own = seed; own < seed + runs; own += 1) {
        const began = performance.now();
        const { wrong, deliveries, dropped, reads, faulty } = await runSyncStorm(own);
        const took = `${Math.round((performance.now() - began) / 1000)} s`;
        note(`seed ${own}: ${FULL.changes} changes, ${FULL.kills} kills, ${deliveries} deliveries (${dropped} dropped), ${reads} reads (${faulty} faulty), ${wrong.length} wrong, ${took}`);
        if (wrong.length > 0) note(again("sync", "runs", 1, own));
        broken.push(...wrong.map((each) => `seed ${own}: ${each}`));
      }
      return broken;
    },
  },
};

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { kills: { type: "string" }, runs: { type: "string" }, seed: { type: "string" } } });
  const [name = "", ...rest] = positionals;
  const storm = Object.hasOwn(storms, name) ? storms[name] : undefined;
  const amount = Number((storm && values[storm.unit]) ?? storm?.usual);
  const seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed);
  const foreign = storm !== undefined && values[storm.unit === "kills" ? "runs" : "kills"] !== undefined;
  if (storm === undefined || foreign || rest.length > 0 || !Number.isInteger(amount) || amount < 1 || !Number.isInteger(seed)) {
    throw new Error(Object.entries(storms).map(([each, { unit }]) => `npm run chaos -- ${each} [--${unit} N] [--seed S]`).join("\n"));
  }
  console.log(`${name}: ${amount} ${storm.unit}, seed ${seed} (${again(name, storm.unit, amount, seed)})`);
  const broken = await storm.run(amount, seed, (line) => console.log(`  ${line}`));
  console.log(`${broken.length} promises broken`);
  for (const line of broken) console.log(`  ${line}`);
  process.exitCode = broken.length === 0 ? 0 : 1;
}

main().catch((thrown: unknown) => {
  console.error(thrown instanceof Error ? thrown.message : thrown);
  process.exitCode = 1;
});
