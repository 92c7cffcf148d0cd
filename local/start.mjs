// npm start; with --dev, npm run dev. Plain Node without a dependency, because it runs before anything is installed;
// old versions of Node must be able to read it, so that they can be told what is wrong.
import path from "path";
import { fileURLToPath } from "url";
import { requireNode } from "./launch/node-version.mjs";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

async function start() {
  const { createProgress } = await import("./launch/progress.mjs");
  const { ensureInstalled } = await import("./launch/install.mjs");
  const progress = createProgress();
  await ensureInstalled(root, progress);
  const { register } = await import("tsx/esm/api");
  register();
  const { launch } = await import("./launch/launch.ts");
  await launch({ root, progress, mode: process.argv.includes("--dev") ? "develop" : "serve" });
}

if (requireNode(process.versions.node)) {
  start().catch((error) => {
    // A failure that we foresaw says what to do; any other shows where it came from.
    console.error(error && error.expected ? `\n${error.message}` : error);
    process.exit(1);
  });
} else {
  process.exitCode = 1;
}
