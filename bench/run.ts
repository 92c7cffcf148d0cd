// npm run bench -- <name> [--json OUT] [--only PART] [--quick]: measures and prints one table, ours beside others in the same run.
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { printTable, writeJson, type Measurement } from "./report";

/** How much of a bench is wanted. */
export interface BenchPlan {
  /** One part of it; all where it is undefined. */
  only: string | undefined;
  /** Small sizes: to see that it works, not to quote. */
  quick: boolean;
}

/** A bench gives its figures as it has them; `note` is for what a reader should know of one. */
interface Bench {
  ourName: string;
  /** What `--only` may name. A bench without parts has one size, too. */
  parts?: readonly string[];
  measure(note: (line: string) => void, plan: BenchPlan): Promise<Measurement[]>;
}

const benches: Record<string, () => Promise<{ bench: Bench }>> = {
  backend: () => import("./backend/bench"),
  sync: () => import("./sync/bench"),
};

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: "string" }, only: { type: "string" }, quick: { type: "boolean", default: false } },
  });
  const [name = "", ...rest] = positionals;
  const load = Object.hasOwn(benches, name) ? benches[name] : undefined;
  if (load === undefined || rest.length > 0) {
    throw new Error(`npm run bench -- <name> [--json OUT] [--only PART] [--quick]; the names are: ${Object.keys(benches).join(", ")}`);
  }
  const { bench } = await load();
  checkPlan(name, bench, values);
  console.log(`Load of this machine before: ${loadavg().map((load) => load.toFixed(1)).join(", ")}\n`);
  const measurements = await bench.measure((line) => console.log(`  ${line}`), { only: values.only, quick: values.quick });
  console.log();
  printTable(measurements, bench.ourName);
  console.log(`\nLoad of this machine after: ${loadavg().map((load) => load.toFixed(1)).join(", ")}`);
  if (values.json !== undefined) writeJson(values.json, measurements);
}

function checkPlan(name: string, { parts }: Bench, { only, quick }: { only?: string | undefined; quick: boolean }): void {
  if (parts === undefined && (only !== undefined || quick)) throw new Error(`The bench ${name} has no parts and one size: leave out --only and --quick.`);
  if (only !== undefined && parts?.includes(only) === false) throw new Error(`The bench ${name} has no part ${only}; its parts are: ${parts.join(", ")}`);
}

main().catch((thrown: unknown) => {
  console.error(thrown instanceof Error ? thrown.message : thrown);
  process.exitCode = 1;
});
