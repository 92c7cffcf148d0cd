import { readFile } from "node:fs/promises";
import { type Route } from "../serving/router";

const PROJECT = new URL("../../../", import.meta.url);

/** Files that pages use. The colours are the product's own file: there is one place for them. */
const ASSETS: Readonly<Record<string, { file: string; type: string }>> = {
  "tokens.css": { file: "components/ui/tokens.css", type: "text/css; charset=utf-8" },
  "sandbox.css": { file: "local/sandbox/page/sandbox.css", type: "text/css; charset=utf-8" },
  "sandbox.js": { file: "local/sandbox/page/sandbox.js", type: "text/javascript; charset=utf-8" },
  "inter.woff2": { file: "node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2", type: "font/woff2" },
};

export const assetRoutes: readonly Route[] = Object.entries(ASSETS).map(([name, { file, type }]) => ({
  method: "GET",
  pattern: `/assets/${name}`,
  kind: "page",
  async handle() {
    const content = await readFile(new URL(file, PROJECT));
    return { status: 200, headers: { "Content-Type": type, "Cache-Control": "max-age=60" }, body: content };
  },
}));
