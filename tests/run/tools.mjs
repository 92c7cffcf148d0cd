import { spawnSync } from "node:child_process";
import { findBrowser } from "../support/browser.mjs";
import { findRadicale } from "../support/radicale-command.mjs";
import { findSabreDav, sabreDavPackages } from "../support/sabre-dav/command.mjs";

/** Programs that the tests need beside Node: how to tell that one is there, and the Debian packages that bring it. */
const tools = {
  radicale: {
    isThere: () => findRadicale() !== undefined,
    packages: ["radicale"],
  },
  "sabre/dav": {
    isThere: () => findSabreDav() !== undefined,
    packages: sabreDavPackages,
  },
  chromium: {
    isThere: async () => (await findBrowser()) !== undefined,
    packages: ["chromium", "fonts-liberation"],
  },
};

/**
 * Installs the programs that are missing where that can be done without asking (Debian, as root); otherwise
 * says how to.
 * @param {readonly (keyof typeof tools)[]} names
 * @returns {Promise<string[]>} what is still missing
 */
export async function provideTools(names) {
  const missing = await stillMissing(names);
  if (missing.length === 0) return [];
  const packages = missing.flatMap((name) => tools[name].packages);
  const install = ["install", "--yes", "--no-install-recommends", ...packages];
  if (process.getuid?.() !== 0 || !isThere("apt-get")) {
    console.log(`Missing: ${missing.join(" and ")}. On Debian and Ubuntu: sudo apt-get ${install.join(" ")}`);
    return missing;
  }
  console.log(`Installing ${packages.join(" ")} …`);
  aptGet(["update"]);
  aptGet(install);
  const left = await stillMissing(missing);
  if (left.length > 0) console.log(`Still missing: ${left.join(" and ")}.`);
  return left;
}

async function stillMissing(names) {
  const there = await Promise.all(names.map((name) => tools[name].isThere()));
  return names.filter((_, index) => !there[index]);
}

const isThere = (command) => spawnSync(command, ["--version"], { stdio: "ignore" }).status === 0;

/** Shows what apt-get says only when it fails. */
function aptGet(args) {
  const { status, stdout, stderr } = spawnSync("apt-get", args, {
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    encoding: "utf8",
  });
  if (status !== 0) console.log(`apt-get ${args.join(" ")} failed:\n${stdout}${stderr}`);
}
