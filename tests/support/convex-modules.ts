/// <reference types="vite/client" />

/** The modules of `convex/`, as convex-test loads them. */
export const convexModules = import.meta.glob([
  "../../convex/**/*.ts",
  "../../convex/_generated/*.js",
  "!../../convex/**/*.test.ts",
  "!../../convex/**/*.d.ts",
]);
