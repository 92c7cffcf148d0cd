import nextCoreWebVitals from "eslint-config-next/core-web-vitals";
import nextTypescript from "eslint-config-next/typescript";
import { defineConfig, globalIgnores } from "eslint/config";

/** A folder may import from itself and from what is listed; everything installed is open to all. */
const layer = (target, allowed, message) => ({
  target,
  from: ".",
  except: ["./node_modules", ...[target, ...allowed].map((each) => (each.startsWith("./") ? each : `./${each}`))],
  message,
});

const layers = [
  layer("./lib", [], "lib/ stands on its own: nothing above it may be imported."),
  layer("./components", ["lib", "convex"], "components/ may use lib/ and convex/_generated only."),
  layer("./app", ["lib", "components", "convex"], "app/ may use components/, lib/ and convex/_generated only."),
  layer("./convex", ["lib"], "convex/ may use lib/ only."),
  layer("./local/backend", [], "local/backend/ stands on its own, like a backend from elsewhere would."),
  layer("./local/sandbox", ["lib"], "local/sandbox/ may use lib/ only: to it the product is a client like any other."),
  layer("./local/launch", ["lib", "local/backend/program.ts"], "local/launch/ may use lib/ only; it deploys convex/ and starts the backend, it does not import them."),
];

/** What of lib/ needs Node: it is imported by Node actions and route handlers only. */
const libForNode = [
  "lib/auth/password-hash.ts",
  "lib/auth/session-token.ts",
  "lib/security/message-digest.ts",
  "lib/security/safe-connect.ts",
  "lib/providers/caldav/testing/**",
  "lib/providers/google/testing/**",
];

export default defineConfig([
  globalIgnores([".next/**", ".lineartime/**", "convex/_generated/**", "local/backend/testing/*/convex/**/_generated/**", "next-env.d.ts", "playwright-report/**", "test-results/**"]),
  ...nextCoreWebVitals,
  ...nextTypescript,
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "no-warning-comments": ["error", { terms: ["todo", "fixme", "xxx"] }],
      "import/no-restricted-paths": ["error", { zones: layers }],
    },
  },
  {
    files: ["**/*.{ts,tsx}"],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
    },
  },
  {
    // Tests stand beside their source, but like all of tests/ they and what sets a provider up for them may import everything.
    files: ["**/*.test.{ts,tsx}", "lib/providers/*/testing/**"],
    rules: { "import/no-restricted-paths": "off" },
  },
  {
    // A warning for the React Compiler, which is not used here: what the virtualizer returns is never memoized.
    files: ["components/operations/table/**"],
    rules: { "react-hooks/incompatible-library": "off" },
  },
  {
    // A rule about browser bundles; module loaders have good reason to say "module".
    files: ["local/**"],
    rules: { "@next/next/no-assign-module-variable": "off" },
  },
  {
    // Clients and rules that run anywhere: the default runtime of Convex, the browser, Node.
    files: ["lib/**/*.ts"],
    ignores: ["**/*.test.ts", ...libForNode],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            { regex: "^node:", message: "lib/ runs outside of Node too; what needs Node is listed in eslint.config.mjs." },
            { regex: "^(?:convex|next|react|react-dom)(?:/|$)", message: "lib/ knows nothing of Convex, Next or React." },
          ],
        },
      ],
    },
  },
  {
    // Components reach functions of the deployment only through their generated names.
    files: ["app/**/*.{ts,tsx}", "components/**/*.{ts,tsx}"],
    rules: {
      "no-restricted-imports": [
        "error",
        { patterns: [{ regex: "(?:^@|\\.\\.)/convex/(?!_generated(?:/|$))", message: "Import convex/_generated instead." }] },
      ],
    },
  },
]);
