// Preloaded into `convex dev` (node --import): it would write the deployment's address to .env.local, for apps that
// read it there. Ours is told by the launcher, and which lines stand in .env.local is decided in convex-env-files.ts.
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { devNull } from "node:os";
import path from "node:path";

const { openSync } = fs;
fs.openSync = (file, flags, ...rest) =>
  flags === "w" && typeof file === "string" && path.basename(file) === ".env.local"
    ? openSync(devNull, flags, ...rest)
    : openSync(file, flags, ...rest);
syncBuiltinESMExports();
