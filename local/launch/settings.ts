import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseEnvFile } from "../../lib/environment/env-file";
import { describeProblems, validateEnvironment, type Environment, type RawEnvironment } from "../../lib/environment/validate";
import { StartError } from "./start-error";

/** What this start was asked to do, checked. */
export interface Settings {
  readonly root: string;
  /** Absolute path of the state folder. */
  readonly home: string;
  readonly backend: "embedded" | "external";
  readonly environment: Environment;
  /** The texts behind `environment`, for handing on. */
  readonly raw: RawEnvironment;
}

/**
 * Reads `.env` and `.env.local` of the project and the process's own variables (which win), and checks them.
 * Throws a StartError that names every variable that is missing or malformed.
 */
export function readSettings(root: string, own: RawEnvironment): Settings {
  const raw: Record<string, string | undefined> = {};
  for (const layer of [readFile(root, ".env"), readFile(root, ".env.local"), own]) {
    for (const [name, value] of Object.entries(layer)) if (value !== undefined) raw[name] = value;
  }
  const validation = validateEnvironment(raw);
  if (!validation.ok) {
    throw new StartError(
      `${describeProblems(validation.problems)}\n\n.env.example explains every variable. They are read from the process, .env.local and .env.`,
    );
  }
  const { environment, backend } = validation;
  return { root, home: path.resolve(root, environment.LINEARTIME_HOME ?? ".lineartime"), backend, environment, raw };
}

function readFile(root: string, name: string): Record<string, string> {
  const file = path.join(root, name);
  return existsSync(file) ? parseEnvFile(readFileSync(file, "utf8")) : {};
}
