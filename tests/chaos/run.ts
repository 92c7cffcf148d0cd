// npm run chaos -- <name> [--kills N] [--seed S]: breaks the product at random and looks whether it kept its promises.
import { parseArgs } from "node:util";
import type { StormReport } from "./backend/storm";

type Storm = (kills: number, seed: number, note: (line: string) => void) => Promise<StormReport>;

const storms: Record<string, () => Promise<Storm>> = {
  backend: async () => (await import("./backend/storm")).runStorm,
};
const DEFAULT_KILLS = "100";

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { kills: { type: "string", default: DEFAULT_KILLS }, seed: { type: "string" } } });
  const [name = "", ...rest] = positionals;
  const load = Object.hasOwn(storms, name) ? storms[name] : undefined;
  const kills = Number(values.kills);
  const seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed);
  if (load === undefined || rest.length > 0 || !Number.isInteger(kills) || kills < 1 || !Number.isInteger(seed)) {
    throw new Error(`npm run chaos -- <name> [--kills N] [--seed S]; the names are: ${Object.keys(storms).join(", ")}`);
  }
  const storm = await load();
  console.log(`${name}: ${kills} kills, seed ${seed} (again: npm run chaos -- ${name} --kills ${kills} --seed ${seed})`);
  const { acknowledged, wrong } = await storm(kills, seed, (line) => console.log(`  ${line}`));
  console.log(`${kills} kills, ${acknowledged} writes acknowledged, ${wrong.length} promises broken`);
  for (const line of wrong) console.log(`  ${line}`);
  process.exitCode = wrong.length === 0 ? 0 : 1;
}

main().catch((thrown: unknown) => {
  console.error(thrown instanceof Error ? thrown.message : thrown);
  process.exitCode = 1;
});
