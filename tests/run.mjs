// npm test. Plain Node without a dependency, because it installs what is missing before it runs anything.
//
//   npm test                        everything
//   npm test -- --only unit,lint    only these steps
import path from "path";
import { fileURLToPath } from "url";
import { requireNode } from "../local/launch/node-version.mjs";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

async function run() {
  const { createProgress } = await import("../local/launch/progress.mjs");
  const { ensureInstalled } = await import("../local/launch/install.mjs");
  const { chooseSteps } = await import("./run/steps.mjs");
  const { runSteps } = await import("./run/run-steps.mjs");
  const steps = chooseSteps(process.argv.slice(2));
  await ensureInstalled(root, createProgress());
  return runSteps(root, steps);
}

if (requireNode(process.versions.node)) {
  run().then(
    (allPassed) => {
      process.exitCode = allPassed ? 0 : 1;
    },
    (error) => {
      console.error(error && error.expected ? error.message : error);
      console.log("0 passed, 1 failed");
      process.exitCode = 1;
    },
  );
} else {
  console.log("0 passed, 1 failed");
  process.exitCode = 1;
}
