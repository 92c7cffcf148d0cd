// Preloaded into `next dev` (node --import): it would ask a package registry whether there is a newer version of itself,
// as soon as a page is open. Nothing is asked of other machines here.
const { fetch } = globalThis;
globalThis.fetch = (input, init) =>
  typeof input === "string" && input.endsWith("/-/package/next/dist-tags")
    ? Promise.reject(new Error("LinearTime does not look for newer versions of Next.js."))
    : fetch(input, init);
