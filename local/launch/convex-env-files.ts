import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseEnvFile } from "../../lib/environment/env-file";
import type { Home } from "./home";

const opening = "# >>> npm start: the embedded backend, for the Convex command line";
const closing = "# <<< npm start";
const names = ["CONVEX_SELF_HOSTED_URL", "CONVEX_SELF_HOSTED_ADMIN_KEY"] as const;

/** How it went with `.env.local`. */
export type EnvLocal = "written" | "kept" | "taken-by-own-lines";

/**
 * Writes the backend's address and administrator key where the stock Convex command line finds them: to the
 * state folder (for `--env-file`), and to `.env.local` unless told to keep it. There only our marked lines are
 * replaced; when somebody has set the same variables outside of them, the file stays as it is.
 */
export function writeConvexEnvFiles(root: string, home: Home, url: string, adminKey: string, envLocal: "write" | "keep"): EnvLocal {
  const lines = `${names[0]}=${url}\n${names[1]}=${adminKey}\n`;
  replaceFile(home.convexEnv, lines);
  if (envLocal === "keep") return "kept";
  const file = path.join(root, ".env.local");
  const theirs = withoutOurs(existsSync(file) ? readFileSync(file, "utf8") : "");
  const set = parseEnvFile(theirs);
  if (names.some((name) => set[name] !== undefined)) return "taken-by-own-lines";
  const gap = theirs === "" || theirs.endsWith("\n") ? "" : "\n";
  replaceFile(file, `${theirs}${gap}${opening}\n${lines}${closing}\n`);
  return "written";
}

/** The text without our marked lines. */
export function withoutOurs(text: string): string {
  const start = text.indexOf(opening);
  const end = text.indexOf(closing, start);
  if (start < 0 || end < 0) return text;
  return text.slice(0, start) + text.slice(end + closing.length).replace(/^\r?\n/, "");
}

/** Whole or not at all, and readable by its owner only. */
function replaceFile(file: string, text: string): void {
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  chmodSync(`${file}.new`, 0o600);
  renameSync(`${file}.new`, file);
}
