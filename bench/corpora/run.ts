import { writeFile } from "node:fs/promises";
import { corporaFlags } from "./flags";

/*
 * npm run corpora -- [--recurrence FILE] [--event-windows DIR] [--ics DIR] … [--json OUT]
 *
 * Puts data that nobody here wrote through LinearTime, prints what came of it, and writes the figures to OUT. Exits
 * with 1 only when it could not be run: what passes and what fails is for the reader to judge.
 */
const JSON_FLAG = "--json";

function usage(problem: string): never {
  const lines = corporaFlags.map(({ flag, value, about }) => `  ${`${flag} ${value}`.padEnd(24)} ${about}`);
  console.error([problem, "", "npm run corpora -- followed by any of", ...lines, `  ${`${JSON_FLAG} OUT`.padEnd(24)} also write the figures there`].join("\n"));
  process.exit(1);
}

function readArguments(args: readonly string[]): Map<string, string> {
  const known = [JSON_FLAG, ...corporaFlags.map(({ flag }) => flag)];
  const places = new Map<string, string>();
  const rest = args.flatMap((each) => (/^--[a-z-]+=/.test(each) ? [each.slice(0, each.indexOf("=")), each.slice(each.indexOf("=") + 1)] : [each]));
  while (rest.length > 0) {
    const [flag = "", place] = rest.splice(0, 2);
    if (!known.includes(flag)) usage(`There is no ${flag}.`);
    if (place === undefined) usage(`${flag} needs a place.`);
    places.set(flag, place);
  }
  if (![...places.keys()].some((flag) => flag !== JSON_FLAG)) usage("Which set?");
  return places;
}

const places = readArguments(process.argv.slice(2));
const figures: Record<string, unknown> = {};
for (const { flag, run } of corporaFlags) {
  const place = places.get(flag);
  if (place === undefined) continue;
  const { key, json } = await run(place);
  figures[key] = json;
}
const out = places.get(JSON_FLAG);
if (out !== undefined) await writeFile(out, `${JSON.stringify(figures, null, 2)}\n`);
