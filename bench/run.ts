// npm run bench -- <name> [--json OUT]: measures and prints one table, ours beside others in the same run.
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { printTable, writeJson, type Measurement } from "./report";

/** A bench gives its figures as it has them; `note` is for what a reader should know of one. */
interface Bench {
  ourName: string;
  measure(note: (line: string) => void): Promise<Measurement[]>;
}

const benches: Record<string, () => Promise<{ bench: Bench }>> = {
  backend: () => import("./backend/bench"),
};

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: "string" } } });
  const [name = "", ...rest] = positionals;
  const load = Object.hasOwn(benches, name) ? benches[name] : undefined;
  if (load === undefined || rest.length > 0) throw new Error(`npm run bench -- <name> [--json OUT]; the names are: ${Object.keys(benches).join(", ")}`);
  const { bench } = await load();
  console.log(`Load of this machine before: ${loadavg().map((load) => load.toFixed(1)).join(", ")}\n`);
  const measurements = await bench.measure((line) => console.log(`  ${line}`));
  console.log();
  printTable(measurements, bench.ourName);
  console.log(`\nLoad of this machine after: ${loadavg().map((load) => load.toFixed(1)).join(", ")}`);
  if (values.json !== undefined) writeJson(values.json, measurements);
}

main().catch((thrown: unknown) => {
  console.error(thrown instanceof Error ? thrown.message : thrown);
  process.exitCode = 1;
});
