import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

interface LockedPackage {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const file = path.resolve(import.meta.dirname, "../package-lock.json");
const { packages } = JSON.parse(readFileSync(file, "utf8")) as { packages: Record<string, LockedPackage> };

/** Where Node would look for a package that `from` needs, nearest first. */
function places(from: string, name: string): string[] {
  const place = `${from === "" ? "" : `${from}/`}node_modules/${name}`;
  const cut = from.lastIndexOf("/node_modules/");
  if (from === "") return [place];
  return [place, ...places(cut < 0 ? "" : from.slice(0, cut), name)];
}

// A registry that lacks a release lets `npm install` pass, leave out an optional package for another system, and write
// a lock file that `npm ci` refuses everywhere.
it("the lock file holds every package that one in it needs, also those for other systems", () => {
  const missing = Object.entries(packages).flatMap(([from, { dependencies, devDependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies })
      .filter((name) => !places(from, name).some((place) => place in packages))
      .map((name) => `${name}, needed by ${from}`),
  );
  expect(missing).toEqual([]);
});
