// Builds the pages as npm start does, and shows how: node local/launch/build-only.mjs
import path from "node:path";
import { fileURLToPath } from "node:url";
import { register } from "tsx/esm/api";

register();
const { buildOnly } = await import("./build-only.ts");
await buildOnly(path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../.."));
