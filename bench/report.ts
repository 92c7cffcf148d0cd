import { writeFileSync } from "node:fs";

/** One figure of ours beside the same figure of others. A peer that cannot do it is left out. */
export interface Measurement {
  name: string;
  /** `ms`, `documents/s`, `MB` …; the name says whether it is a median. */
  unit: string;
  ours: number;
  peers: Record<string, number>;
}

/** Prints the measurements as one table, a column for each peer that has any. */
export function printTable(measurements: readonly Measurement[], ourName: string): void {
  const peers = [...new Set(measurements.flatMap(({ peers }) => Object.keys(peers)))];
  const rows = [
    ["", "unit", ourName, ...peers],
    ...measurements.map(({ name, unit, ours, peers: values }) => [name, unit, ...[ours, ...peers.map((peer) => values[peer])].map(show)]),
  ];
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows) {
    const cells = row.map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)));
    console.log(cells.join("  ").trimEnd());
  }
}

/** Writes the measurements as a JSON array. */
export function writeJson(path: string, measurements: readonly Measurement[]): void {
  writeFileSync(path, `${JSON.stringify(measurements, null, 2)}\n`);
}

/** Three figures that count, and none that do not. */
function show(value: number | undefined): string {
  if (value === undefined) return "–";
  if (value >= 1000) return Math.round(value).toLocaleString("en");
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value >= 0.1 ? value.toFixed(2) : value.toFixed(3);
}
